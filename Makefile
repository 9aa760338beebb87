# Copyright (c) 2026, huaweicloud.mrs contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Each command does all of its own set-up inside this folder (.venv, build). It needs Python 3.11 or
# newer, git and make.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL: # two pips in one environment
MAKEFLAGS += --no-print-directory

PYTHON ?=
VENV ?= .venv
TARGETS ?=
WITHOUT ?=
SCHEDULES ?=
SEED ?=
ARGS ?=
WORKERS ?= 2
IN_TURN ?=
CHECKS ?= test
CLOUD ?=

# The collection under the path that Ansible wants: in LIVE is a link to this folder, in TREE a copy
# of what git would commit.
LIVE := build/live
TREE := build/tree
COLLECTION := ansible_collections/huaweicloud/mrs
LINK := $(LIVE)/$(COLLECTION)

BASE_PYTHON = $(or $(PYTHON),$(shell tests/tools/find_python),$(error No usable Python))

# Settings of the caller's own Ansible and cloud must not leak into a run.
unexport $(filter ANSIBLE_% OS_% HUAWEICLOUD_% PYTHONPATH PYTHONHOME VIRTUAL_ENV,$(.VARIABLES))
export PATH := $(abspath $(VENV))/bin:$(PATH)
export ANSIBLE_COLLECTIONS_PATH := $(abspath $(LIVE))
export ANSIBLE_HOME := $(abspath build/ansible)
export ANSIBLE_LOCALHOST_WARNING := false
export ANSIBLE_INVENTORY_UNPARSED_WARNING := false
# What Python compiles is kept here: nothing is written beside the sources.
export PYTHONPYCACHEPREFIX := $(abspath build/pycache)

# Layers of the environment: each is requirements/NAME.txt on top of those before it.
BUILDING := $(VENV)/.installed-build
RUNTIME := $(VENV)/.installed-demo
UNIT := $(VENV)/.installed-unit
TESTING := $(VENV)/.installed-test
DEVELOPMENT := $(VENV)/.installed-dev
BENCHMARKS := $(VENV)/.installed-bench
MUTATION := $(VENV)/.installed-mutation

.PHONY: help demo simulator test environment lint format sanity faults unit integration molecule \
    importer docs pages examples cores matrix bench oldest environment-oldest environment-newest \
    mutation metrics audit release record compare sweep lock clean tree

help: ## Show the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' \
	    $(firstword $(MAKEFILE_LIST))

demo: $(RUNTIME) $(LINK) ## Run the main job end to end on the simulator
	@ANSIBLE_CALLBACK_RESULT_FORMAT=yaml ansible-playbook $(ARGS) playbooks/demo.yml

simulator: $(RUNTIME) $(LINK) ## Start the simulator (ARGS="-e simulator_state=stopped" ends it)
	@ANSIBLE_CALLBACK_RESULT_FORMAT=yaml ansible-playbook $(ARGS) playbooks/simulator.yml

# Each pip and uv of the run is offered newer releases of all that is locked: none may be installed.
# The targets that are left out run in cores, on two releases of ansible-core. There each page runs
# on one of the two; make cores runs it on both.
test: ## Run everything that CI runs and show a table of it
	@PIP_EXTRA_INDEX_URL="$$($(BASE_PYTHON) tests/tools/newer_index.py build/newer)" \
	    WORKERS=0 IN_TURN=1 WITHOUT="readme roles" $(BASE_PYTHON) tests/tools/run_gates.py \
	    "environment environment-oldest environment-newest" \
	    "unit integration cores faults lint sanity importer molecule examples docs demo"

environment: $(DEVELOPMENT) $(LINK) tree ## Make .venv with everything that the other commands need

lint: $(DEVELOPMENT) $(LINK) tree ## Check style, types, licences, documentation and changelog
	@tests/tools/lint $(TREE)/$(COLLECTION)

format: $(DEVELOPMENT) $(LINK) ## Format Python files, mend what ruff can mend, write pages
	@ruff format .
	@ruff check --fix .
	@python tests/tools/error_reference.py
	@python tests/tools/shared_text.py
	@python tests/tools/api_coverage.py

sanity: $(DEVELOPMENT) tree ## Run ansible-test sanity, and a target by ansible-test integration
	@python tests/tools/sanity.py $(TREE)/$(COLLECTION)
	@cd $(TREE)/$(COLLECTION) && ansible-test integration --color no smoke

SEARCH := PYTHONPATH=$(abspath $(LIVE)):$(abspath roles/simulator/files) \
    python -m ansible_collections.huaweicloud.mrs.tests.faults \
    --schedules $(SCHEDULES) $(addprefix --seed ,$(SEED))

faults: $(UNIT) $(LINK) ## Search for broken promises under faults (SCHEDULES=50000 SEED=7)
	@$(if $(SCHEDULES),$(SEARCH),pytest $(ARGS) tests/faults)

unit: $(UNIT) $(LINK) ## Run the unit tests (ARGS="-k name")
	@pytest tests/unit --cov $(or $(ARGS),-n $(WORKERS))
	@$(if $(ARGS),,coverage report --fail-under 95 | \
	    sed 's/^TOTAL.* /== lines and branches of module_utils covered: /')

integration: $(TESTING) $(LINK) ## Run the integration targets on the simulator (TARGETS="smoke")
	@python tests/integration/run.py $(ARGS) $(addprefix --without ,$(WITHOUT)) $(TARGETS)

importer: $(DEVELOPMENT) tree ## Build the collection, install it and let Galaxy's importer check it
	@tests/tools/importer $(TREE)/$(COLLECTION)

molecule: $(TESTING) $(LINK) ## Run the molecule scenarios on the simulator (ARGS="cluster")
	@tests/tools/molecule $(ARGS)

docs: $(DEVELOPMENT) tree ## Build the documentation site, build/docs/html/index.html
	@python tests/tools/build_docs.py $(TREE)/$(COLLECTION)

pages: $(TESTING) $(LINK) ## Run all commands and playbooks on the pages (ARGS="simulator")
	@PYTHONPATH=tests/tools python tests/docs/run.py $(ARGS)

examples: $(UNIT) $(LINK) ## Run the modules' examples, and compare answers and documents
	@PYTHONPATH=tests/tools python tests/examples/run.py $(ARGS)

bench: $(BENCHMARKS) $(LINK) ## Measure it against its rivals, 20 minutes (ARGS="tasks --rounds 3")
	@PYTHONPATH=$(abspath $(LIVE)):$(abspath roles/simulator/files) \
	    python -m ansible_collections.huaweicloud.mrs.tests.benchmarks $(ARGS)

matrix: ## Run unit tests, the smoke target and the roles on each Python with its ansible-core
	@$(BASE_PYTHON) tests/tools/run_gates.py environment matrix-3.11 matrix-3.12 matrix-3.13

matrix-%:
	@python=$$(tests/tools/find_python $*); \
	$(MAKE) PYTHON="$$python" VENV=build/venv/$* TARGETS="smoke roles" unit integration

oldest: environment-oldest $(LINK) ## Run unit tests and some targets with the oldest libraries
	@tests/tools/oldest build/venv/oldest

cores: environment-oldest environment-newest
cores: $(TESTING) $(LINK) ## Run READMEs and pages on the oldest and the newest ansible-core
	@tests/tools/cores $(if $(IN_TURN),--in-turn) build/venv/oldest build/venv/3.13

environment-oldest:
	@python=$$(tests/tools/find_python 3.11); \
	$(MAKE) PYTHON="$$python" VENV=build/venv/oldest build/venv/oldest/.installed-oldest

environment-newest:
	@python=$$(tests/tools/find_python 3.13); \
	$(MAKE) PYTHON="$$python" VENV=build/venv/3.13 build/venv/3.13/.installed-demo

mutation: $(LINK) ## Change the code that plans and waits: which changes does no test notice
	@$(MAKE) VENV=build/venv/mutation build/venv/mutation/.installed-mutation
	@python3 tests/tools/copy_tree.py build/mutation/$(COLLECTION) # so that one can go on editing
	@PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$(abspath build/mutation) \
	    build/venv/mutation/bin/python -m $(subst /,.,$(COLLECTION)).tests.mutation.run $(ARGS)

metrics: ## Measure the code: complexity, lengths, types (ARGS="FOLDER": of another collection)
	@$(MAKE) VENV=build/venv/metrics build/venv/metrics/.installed-metrics
	@build/venv/metrics/bin/python tests/tools/metrics.py $(ARGS)

# --strict: a package that the service does not know, or a service that does not answer, is no
# success.
AUDITED := build demo unit test dev bench mutation metrics audit lock
audit: ## Look up known vulnerabilities of everything that is locked (asks PyPI's advisory service)
	@$(MAKE) VENV=build/venv/audit build/venv/audit/.installed-audit
	@build/venv/audit/bin/pip-audit --strict --progress-spinner off --disable-pip --require-hashes \
	    $(patsubst %,-r requirements/%.txt,$(AUDITED)) $(ARGS)

release: $(DEVELOPMENT) $(LINK) ## Check, write the changelog, commit, build and tag the version
	@tests/tools/release $(CHECKS)

record: $(TESTING) $(LINK) ## Record what the service says: the simulator, or CLOUD=FILE
	@PYTHONPATH=tests/tools python tests/recordings/record.py $(if $(CLOUD),--cloud $(CLOUD)) \
	    --to build/recordings/$(if $(CLOUD),cloud,simulator).jsonl $(ARGS) $(TARGETS)

compare: $(RUNTIME) ## Compare the recording of a cloud with that of the simulator, field by field
	@python tests/recordings/compare.py build/recordings/cloud.jsonl build/recordings/simulator.jsonl

sweep: $(RUNTIME) $(LINK) ## Delete only clusters that runs of this checkout left on CLOUD=FILE
	@python tests/integration/sweep.py \
	    $(or $(CLOUD),$(error Say CLOUD=tests/integration/cloud-config-mrs.ini)) $(ARGS)

lock: $(VENV)/bin/python ## Write requirements/*.txt (ARGS=--upgrade: the newest versions)
	@$(VENV)/bin/python tests/tools/install.py build/uv
	@tests/tools/lock build/uv/bin/uv $(ARGS)

clean: ## Remove what the commands made
	rm -rf .venv build tests/output

tree: $(DEVELOPMENT)
	@python tests/tools/copy_tree.py $(TREE)/$(COLLECTION)

$(LINK):
	@mkdir -p $(@D)
	@ln -sfn $(CURDIR) $@

$(VENV)/bin/python:
	@echo "Making $(VENV) with $(BASE_PYTHON)"
	@$(BASE_PYTHON) -m venv $(VENV)

$(UNIT): $(RUNTIME)
$(TESTING) $(MUTATION): $(UNIT)
$(DEVELOPMENT) $(BENCHMARKS): $(TESTING)
$(DEVELOPMENT) $(MUTATION) $(VENV)/.installed-oldest: $(BUILDING)

$(VENV)/.installed-%: requirements/%.txt | $(VENV)/bin/python
	@echo "Installing $< into $(VENV)"
	@$(VENV)/bin/python tests/tools/install.py build/uv $<
	@touch $@
