// Runs in the browser: what is typed into the page's field is looked up in the index that `search-index.js` holds.
import MiniSearch from "minisearch";
import { searchOptions } from "./search-options.ts";

const most = 20;
const field = document.querySelector("#search");
const list = document.querySelector("#results");
const told = document.querySelector("#found");
const { root, results, none } = document.documentElement.dataset;
const index = MiniSearch.loadJSON(globalThis.groundworkSearchIndex, searchOptions);

field.addEventListener("input", () => {
  const query = field.value.trim();
  const found = query === "" ? [] : index.search(query);
  told.textContent = query === "" ? "" : found.length === 0 ? none : results.replace("{0}", String(found.length));
  list.replaceChildren(...found.slice(0, most).map(item));
});

// As on many sites, a slash leads to the field; Escape empties it.
document.addEventListener("keydown", (event) => {
  const types = event.target instanceof HTMLInputElement;
  if (event.key === "/" && !types && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    field.focus();
  }
  if (event.key === "Escape" && types) {
    field.value = "";
    field.dispatchEvent(new Event("input"));
  }
});

function item({ title, page, summary }) {
  const link = document.createElement("a");
  link.href = root + page;
  link.textContent = title;
  const about = document.createElement("p");
  about.textContent = summary;
  const entry = document.createElement("li");
  entry.append(link, about);
  return entry;
}
