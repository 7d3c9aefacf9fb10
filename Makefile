.DEFAULT_GOAL := help
.PHONY: help up test lock tidy

help: ## show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

up: ## start the sandbox and walk the guide once
	./caruman up

test: ## set up and run every test
	./caruman test

lock: ## renew requirements.lock from pyproject.toml (needs uv)
	python3 tools/lock.py

tidy: ## format the code and mend what ruff can mend
	.venv/bin/python -m ruff check --fix .
	.venv/bin/python -m ruff format .
