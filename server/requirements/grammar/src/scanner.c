// Line ends, comments and continuations of a requirements file: what a regular expression without look-behind cannot
// tell apart. The character classes are those of Python's str.splitlines and of `\s` in its `re` module.
#include "tree_sitter/parser.h"

enum TokenType { NEWLINE, LINE_COMMENT, COMMENT, CONTINUATION };

static bool is_break(int32_t c) {
  return (c >= 0x0a && c <= 0x0d) || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool is_blank(int32_t c) {
  return c == ' ' || c == '\t' || c == 0x1f || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
         c == 0x202f || c == 0x205f || c == 0x3000;
}

static void consume_break(TSLexer *lexer) {
  bool carriage_return = lexer->lookahead == '\r';
  lexer->advance(lexer, false);
  if (carriage_return && lexer->lookahead == '\n') lexer->advance(lexer, false);
}

// A comment behind an entry goes on where its line ends with a backslash; one that fills its line does not.
static void consume_comment(TSLexer *lexer, bool continues) {
  bool backslash = false;
  while (!lexer->eof(lexer)) {
    if (is_break(lexer->lookahead)) {
      if (!backslash || !continues) return;
      consume_break(lexer);
      backslash = false;
    } else {
      backslash = lexer->lookahead == '\\';
      lexer->advance(lexer, false);
    }
  }
}

static bool scan_continuation(TSLexer *lexer) {
  while (lexer->lookahead == '\\') lexer->advance(lexer, false);
  if (lexer->eof(lexer)) return true;
  if (!is_break(lexer->lookahead)) return false;
  consume_break(lexer);
  return true;
}

bool tree_sitter_requirements_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  (void)payload;
  bool behind_blank = false;
  while (is_blank(lexer->lookahead)) {
    lexer->advance(lexer, true);
    behind_blank = true;
  }
  if (lexer->eof(lexer)) return false;
  if (lexer->lookahead == '#' && valid[LINE_COMMENT] && !valid[COMMENT]) {
    consume_comment(lexer, false);
    lexer->result_symbol = LINE_COMMENT;
    return true;
  }
  // The column is asked for last: tree-sitter reads the line again to count it.
  if (lexer->lookahead == '#' && valid[COMMENT] && (behind_blank || lexer->get_column(lexer) == 0)) {
    consume_comment(lexer, !valid[LINE_COMMENT]);
    lexer->result_symbol = COMMENT;
    return true;
  }
  if (lexer->lookahead == '\\' && valid[CONTINUATION]) {
    lexer->result_symbol = CONTINUATION;
    return scan_continuation(lexer);
  }
  if (is_break(lexer->lookahead) && valid[NEWLINE]) {
    consume_break(lexer);
    lexer->result_symbol = NEWLINE;
    return true;
  }
  return false;
}

// The scanner keeps no state.
void *tree_sitter_requirements_external_scanner_create(void) { return 0; }
void tree_sitter_requirements_external_scanner_destroy(void *payload) { (void)payload; }
unsigned tree_sitter_requirements_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload;
  (void)buffer;
  return 0;
}
void tree_sitter_requirements_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  (void)payload;
  (void)buffer;
  (void)length;
}
