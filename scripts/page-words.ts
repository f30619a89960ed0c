import type { Stage, Topic } from "../server/core/rule.ts";
import type { SettingDefinition } from "../server/core/settings.ts";

/** What the generated pages say around the texts of rules and settings. */
export interface Words {
  readonly topics: Readonly<Record<Topic, string>>;
  readonly stages: Readonly<Record<Stage, string>>;
  readonly rules: string;
  readonly rulesIntroduction: string;
  readonly ruleColumns: readonly [string, string, string];
  readonly example: string;
  storedAs(encoding: string): string;
  readonly environments: Readonly<Record<"base" | "conda" | "venv" | "system", string>>;
  exampleEnvironment(environment: string, installed: string): string;
  readonly better: string;
  readonly tried: string;
  readonly printsFirst: string;
  readonly printsBetter: string;
  readonly severity: string;
  readonly otherSeverity: string;
  readonly off: string;
  readonly offByDefault: string;
  readonly silencedPlace: string;
  silencedFile(comment: string): string;
  silencedElsewhere(names: string): string;
  readonly settings: string;
  settingsIntroduction(schema: string): string;
  readonly type: string;
  readonly default: string;
  readonly inEditor: string;
  atLeast(minimum: number): string;
  readonly kinds: Readonly<Record<SettingDefinition["type"], string>>;
}

export const english: Words = {
  topics: {
    environment: "Environments",
    production: "Production code",
    baseline: "Baselines",
    serving: "Serving",
  },
  stages: { production: "Production", undecided: "Undecided", experimental: "Experimental" },
  rules: "Rules",
  rulesIntroduction:
    "A rule speaks as loudly as the folder's stage asks for; see [the settings](../settings.md) for stages and severities. A rule that is off was seen too seldom in published code to say [how often it is right](../precision.md).",
  ruleColumns: ["Rule", "Topic", "What it says"],
  example: "Example",
  storedAs: (encoding) => `Stored as \`${encoding}\`:`,
  environments: {
    base: "conda's `base`",
    conda: "a conda environment",
    venv: "a virtual environment",
    system: "the system's Python",
  },
  exampleEnvironment: (environment, installed) =>
    `The project's environment is ${environment}, in which ${installed} is installed:`,
  better: "Better:",
  tried: "A script beside it that runs it:",
  printsFirst: "With the first it prints:",
  printsBetter: "With the better one:",
  severity: "Severity",
  otherSeverity: "Another severity for a whole project, in `pyproject.toml`:",
  off: "off",
  offByDefault:
    "Off by default: published code showed this smell too seldom to say [how often the rule is right](../precision.md). A severity switches it on.",
  silencedPlace: "One place is silenced by a comment at the end of its line, or on a line of its own above:",
  silencedFile: (comment) => `A file is silenced by ${comment} anywhere in it.`,
  silencedElsewhere: (names) =>
    `A comment that silences one of these there for ruff, flake8, pylint or DeepSource silences this, too: ${names}.`,
  settings: "Settings",
  settingsIntroduction: (
    schema,
  ) => `A project chooses in the table \`[tool.groundwork]\` of its \`pyproject.toml\`, or in a \`groundwork.toml\` where the same keys
stand at the top. The command line and every editor read the same file; what an editor sets under \`groundwork.*\`
goes before it. [settings.schema.json](${schema}) is the JSON Schema of the table.`,
  type: "Type",
  default: "Default",
  inEditor: "In the editor",
  atLeast: (minimum) => `, at least ${minimum}`,
  kinds: {
    integer: "whole number",
    globs: "list of globs, relative to the project's folder",
    severities: "table from a rule to `off`, `hint`, `information`, `warning` or `error`",
    ignores: "table from a glob to a list of rules",
  },
};

export const portuguese: Words = {
  topics: {
    environment: "Ambientes",
    production: "Código para produção",
    baseline: "Baselines",
    serving: "Disponibilização",
  },
  stages: { production: "Produção", undecided: "Indefinido", experimental: "Experimental" },
  rules: "Regras",
  rulesIntroduction:
    "Cada regra fala tão alto quanto pede o estágio da pasta; veja nas [configurações](../settings.md) os estágios e as severidades. Uma regra desligada foi vista poucas vezes em código publicado para se dizer [com que frequência acerta](../../precision.md).",
  ruleColumns: ["Regra", "Tema", "O que ela diz"],
  example: "Exemplo",
  storedAs: (encoding) => `Gravado em \`${encoding}\`:`,
  environments: {
    base: "o `base` do conda",
    conda: "um ambiente conda",
    venv: "um ambiente virtual",
    system: "o Python do sistema",
  },
  exampleEnvironment: (environment, installed) =>
    `O ambiente do projeto é ${environment}, em que está instalado ${installed}:`,
  better: "Melhor:",
  tried: "Um script ao lado que o executa:",
  printsFirst: "Com o primeiro, imprime:",
  printsBetter: "Com o melhor:",
  severity: "Severidade",
  otherSeverity: "Outra severidade para o projeto inteiro, em `pyproject.toml`:",
  off: "desligada",
  offByDefault:
    "Desligada por padrão: código publicado mostrou este smell poucas vezes para se dizer [com que frequência a regra acerta](../../precision.md). Uma severidade a liga.",
  silencedPlace: "Um lugar é silenciado por um comentário no fim da linha, ou em uma linha própria acima dela:",
  silencedFile: (comment) => `Um arquivo é silenciado por ${comment} em qualquer lugar dele.`,
  silencedElsewhere: (names) =>
    `Um comentário que silencia ali um destes para ruff, flake8, pylint ou DeepSource silencia isto também: ${names}.`,
  settings: "Configurações",
  settingsIntroduction: (
    schema,
  ) => `Um projeto faz suas escolhas na tabela \`[tool.groundwork]\` do seu \`pyproject.toml\`, ou em um \`groundwork.toml\` em que as mesmas
chaves ficam no topo. A linha de comando e todos os editores leem o mesmo arquivo; o que um editor define em \`groundwork.*\`
vale antes dele. [settings.schema.json](${schema}) é o JSON Schema da tabela.`,
  type: "Tipo",
  default: "Padrão",
  inEditor: "No editor",
  atLeast: (minimum) => `, no mínimo ${minimum}`,
  kinds: {
    integer: "número inteiro",
    globs: "lista de globs, relativos à pasta do projeto",
    severities: "tabela que leva de uma regra a `off`, `hint`, `information`, `warning` ou `error`",
    ignores: "tabela que leva de um glob a uma lista de regras",
  },
};
