import type { SiteLanguage } from "./sources.ts";

/** What the site says around the documents. */
export interface SiteWords {
  readonly tag: string;
  readonly skip: string;
  readonly start: string;
  readonly guide: string;
  readonly more: string;
  readonly search: string;
  readonly noScript: string;
  readonly results: string;
  readonly none: string;
  readonly otherLanguage: string;
}

export const siteWords: Readonly<Record<SiteLanguage, SiteWords>> = {
  en: {
    tag: "en",
    skip: "Skip to the text",
    start: "Groundwork",
    guide: "Guide",
    more: "More",
    search: "Search the documentation",
    noScript: "Searching needs scripts; the lists beside the text do not.",
    results: "Pages found: {0}",
    none: "Nothing found",
    otherLanguage: "Em português",
  },
  "pt-br": {
    tag: "pt-BR",
    skip: "Ir para o texto",
    start: "Groundwork",
    guide: "Guia",
    more: "Mais",
    search: "Pesquisar na documentação",
    noScript: "A pesquisa precisa de scripts; as listas ao lado do texto não.",
    results: "Páginas encontradas: {0}",
    none: "Nada encontrado",
    otherLanguage: "In English",
  },
};
