.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench

help: ## says what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

setup: ## puts everything in place: system packages, npm packages, the addon
	@scripts/setup

demo: setup ## trains, enrols, recognises and reports on rendered faces: demo/report.html
	@scripts/semblance demo

test: setup ## passes every test
	@scripts/semblance setup tests
	@scripts/test

check: setup ## what has to hold before a commit: format, lint, types, generated files, packages, tests
	@scripts/semblance setup tests
	@npm run --silent check

bench: setup ## the benchmarks, each beside what it is compared with
	@for file in bench/*.ts; do echo "== $$file"; node_modules/.bin/node "$$file" || exit 1; done
