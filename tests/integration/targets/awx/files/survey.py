# -*- coding: utf-8 -*-
# Copyright (c) 2026, huaweicloud.mrs contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Surveys, with the rules of AWX."""

from __future__ import annotations

import typing as t

Dict = dict[str, t.Any]

TYPES: dict[str, type] = {
    "text": str,
    "textarea": str,
    "password": str,
    "integer": int,
    "float": float,
    "multiplechoice": str,
    "multiselect": list,
}


class SurveyError(Exception):
    """AWX would refuse it."""


def checked(spec: Dict) -> None:
    """Refuse what AWX refuses when a survey is stored.

    :raises SurveyError: with the reason.
    """
    if not all(
        isinstance(spec.get(name), kind)
        for name, kind in (("name", str), ("description", str), ("spec", list))
    ):
        raise SurveyError("a survey has name, description and spec")
    names = [question.get("variable") for question in spec["spec"]]
    if not names or len(set(names)) < len(names):
        raise SurveyError(f"no question, or one variable twice: {names}")
    for question in spec["spec"]:
        missing = {"type", "question_name", "variable", "required"} - question.keys()
        if missing or question["type"] not in TYPES or not isinstance(question["required"], bool):
            raise SurveyError(f"{question}: {missing or 'unknown type, or required is no bool'}")
        if question["type"].startswith("multi") and not question.get("choices"):
            raise SurveyError(f"{question['variable']} has no choices")
        if "default" in question:
            accept(question, question["default"])


def accept(question: Dict, answer: t.Any) -> None:
    """:raises SurveyError: the answer does not fit to the question."""
    name, kind = question["variable"], TYPES[question["type"]]
    if not isinstance(answer, kind) or isinstance(answer, bool):
        raise SurveyError(f"{name}: {answer!r} is no {kind.__name__}")
    if "choices" in question and answer not in question["choices"]:
        raise SurveyError(f"{name}: {answer!r} is none of {question['choices']}")
    size = answer if kind in (int, float) else len(answer)
    if "choices" not in question and not question.get("min", size) <= size <= question.get(
        "max", size
    ):
        raise SurveyError(
            f"{name}: {answer!r} is not between {question.get('min')} and {question.get('max')}"
        )


def answered(spec: Dict, answers: Dict) -> Dict:
    """The answers and, for what was not answered, the defaults.

    :raises SurveyError: an answer is missing, wrong, or to no question.
    """
    questions = {question["variable"]: question for question in spec["spec"]}
    defaults = {
        name: question["default"] for name, question in questions.items() if question.get("default")
    }
    found = {**defaults, **answers}
    missing = {name for name, question in questions.items() if question["required"]} - found.keys()
    if missing or answers.keys() - questions.keys():
        raise SurveyError(
            f"missing: {sorted(missing)}, unknown: {sorted(answers.keys() - questions.keys())}"
        )
    for name, answer in found.items():
        accept(questions[name], answer)
    return found
