/** Distributions (PEP 503 names) that serve whoever writes the code: tests, formatters, checkers, notebooks, releases. */
const tools = new Set(
  `
  autoflake autopep8 bandit black build bumpversion bump2version commitizen cookiecutter coverage coveralls debugpy factory-boy
  flake8 freezegun hypothesis interrogate ipdb ipykernel ipython isort jupyter jupyterlab mkdocs mkdocs-material mock moto mypy
  nbdime nbqa nbstripout nose nose2 notebook nox pdbpp pep8 pip-audit pip-tools pipreqs pipdeptree pre-commit pudb pycodestyle
  pydocstyle pyflakes pylama pylint pyright pytest pyupgrade responses ruff safety sphinx sphinx-rtd-theme towncrier tox
  twine versioneer vulture xdoctest yapf
  `
    .trim()
    .split(/\s+/),
);

/** Whether a distribution (PEP 503 name) is a tool for development that a running program has no use for. */
export function isDevelopmentTool(name: string): boolean {
  return tools.has(name) || /^(?:pytest|flake8|pylint|types|sphinx|mkdocs|nbstripout)-/.test(name);
}
