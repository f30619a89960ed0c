const keyword =
  /^(?:and|as|assert|await|del|elif|else|except|for|from|if|in|is|lambda|not|or|pass|raise|return|while|with|yield|None|True|False)$/;
const word =
  /(?:\b[rbuf]{1,2})?(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|\b\d[\w.]*|\b[^\W\d]\w*/gi;

/** Code without its names, numbers and strings: what the rows of a table have in common, as `if _ == _: return _._(_)`. */
export function shapeOf(code: string): string {
  return code
    .replace(/#[^\n]*/g, "")
    .replace(word, (found) => (keyword.test(found) ? found : "_"))
    .replace(/,?\s+/g, " ");
}
