# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rival of the option C(cloud): a module as one would write it with openstacksdk.

It logs in and does one GET.
"""

from __future__ import annotations

from ansible.module_utils.basic import AnsibleModule


def main() -> None:
    module = AnsibleModule(
        {"cloud": {"type": "str"}, "url": {"type": "str"}}, supports_check_mode=True
    )
    import openstack

    answer = openstack.connect(cloud=module.params["cloud"]).session.get(module.params["url"])
    module.exit_json(changed=False, cluster=answer.json())


if __name__ == "__main__":
    main()
