#include "values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void note_text(difference* first, const char* where, const char* what) {
  if (first->found) return;
  first->found = true;
  snprintf(first->where, sizeof first->where, "%s", where);
  snprintf(first->what, sizeof first->what, "%s", what);
}

void note(difference* first, const char* where, const json_t* expected, const json_t* found) {
  if (first->found) return;
  const size_t flags = JSON_ENCODE_ANY | JSON_COMPACT;
  char* expected_text = expected != NULL ? json_dumps(expected, flags) : NULL;
  char* found_text = found != NULL ? json_dumps(found, flags) : NULL;
  char what[sizeof first->what];
  snprintf(what, sizeof what, "expected %.2000s, found %.2000s",
           expected_text != NULL ? expected_text : "nothing",
           found_text != NULL ? found_text : "nothing");
  note_text(first, where, what);
  free(expected_text);
  free(found_text);
}

static void compare_arrays(difference* first, const char* where, const json_t* expected,
                           const json_t* found) {
  if (json_array_size(expected) != json_array_size(found)) {
    note(first, where, expected, found);
    return;
  }
  size_t index;
  json_t* item;
  json_array_foreach(expected, index, item) {
    char below[256];
    snprintf(below, sizeof below, "%.200s[%zu]", where, index);
    compare(first, below, item, json_array_get(found, index));
  }
}

void compare_keys(difference* first, const char* where, const json_t* expected,
                  const json_t* found) {
  const char* key;
  json_t* item;
  json_object_foreach((json_t*)expected, key, item) {
    char below[256];
    snprintf(below, sizeof below, "%.200s.%.40s", where, key);
    compare(first, below, item, json_object_get(found, key));
  }
}

static void compare_objects(difference* first, const char* where, const json_t* expected,
                            const json_t* found) {
  const char* key;
  json_t* item;
  compare_keys(first, where, expected, found);
  json_object_foreach((json_t*)found, key, item) {
    if (json_object_get(expected, key) != NULL || strcmp(key, "message") == 0) continue;
    char below[256];
    snprintf(below, sizeof below, "%.200s.%.40s", where, key);
    note(first, below, NULL, item);
  }
}

void compare(difference* first, const char* where, const json_t* expected, const json_t* found) {
  if (json_is_object(expected) && json_is_object(found)) {
    compare_objects(first, where, expected, found);
  } else if (json_is_array(expected) && json_is_array(found)) {
    compare_arrays(first, where, expected, found);
  } else if (!json_equal(expected, found)) {
    note(first, where, expected, found);
  }
}

void compare_bytes(difference* first, const char* where, firn_view expected, firn_view found) {
  if (expected.size == found.size &&
      (found.size == 0 || memcmp(expected.data, found.data, found.size) == 0)) {
    return;
  }
  json_t* expected_text = json_stringn(expected.data, expected.size);
  json_t* found_text = json_stringn(found.data, found.size);
  if (expected_text != NULL && found_text != NULL) {
    note(first, where, expected_text, found_text);
  } else {
    note_text(first, where, "other bytes than expected, and not UTF-8");
  }
  json_decref(expected_text);
  json_decref(found_text);
}

json_t* take_json(difference* first, const char* where, firn_buffer* json) {
  json_error_t error;
  json_t* value = json_loadb(json->data, json->size, JSON_ALLOW_NUL | JSON_DECODE_ANY, &error);
  if (value == NULL) note_text(first, where, error.text);
  firn_buffer_free(json);
  return value;
}

json_t* ref_value(firn_patch_ref ref) {
  json_t* value = json_pack("{s:I}", "index", (json_int_t)ref.index);
  if (ref.id.size != 0) json_object_set_new(value, "id", json_stringn(ref.id.data, ref.id.size));
  return value;
}

/* What firn_error_to_json says under `key`. */
static json_t* text_by_json(const firn_error* error, const char* key) {
  firn_buffer json = {NULL, 0};
  if (firn_error_to_json(error, &json, NULL) != FIRN_OK) return NULL;
  json_t* value = json_loadb(json.data, json.size, JSON_ALLOW_NUL, NULL);
  json_t* text = json_incref(json_object_get(value, key));
  json_decref(value);
  firn_buffer_free(&json);
  return text;
}

static void set_text(json_t* object, const char* key, firn_view text, const firn_error* error) {
  json_t* value = json_stringn(text.data, text.size);
  json_object_set_new(object, key, value != NULL ? value : text_by_json(error, key));
}

static void set_number(json_t* object, const char* key, uint64_t number) {
  json_object_set_new(object, key, json_integer((json_int_t)number));
}

json_t* error_value(const firn_error* error) {
  json_t* value = json_object();
  firn_patch_ref ref;
  firn_hunk_ref hunk;
  firn_position position;
  firn_view text;
  uint64_t number = firn_error_law(error);
  set_text(value, "code", firn_code_name(firn_error_code(error)), error);
  set_text(value, "message", firn_error_message(error), error);
  if (number != 0) set_number(value, "law", number);
  if (firn_error_patch(error, &ref)) json_object_set_new(value, "patch", ref_value(ref));
  if (firn_error_other(error, &ref)) json_object_set_new(value, "other", ref_value(ref));
  if (firn_error_line(error, &number)) set_number(value, "line", number);
  if (firn_error_limit(error, &number)) set_number(value, "limit", number);
  if (firn_error_hunk(error, &hunk)) {
    set_number(value, "hunk", hunk.index);
    set_number(value, "diffLine", hunk.diff_line);
  }
  if (firn_error_other_line(error, &number)) set_number(value, "otherLine", number);
  if (firn_error_already_applied(error)) {
    json_object_set_new(value, "alreadyApplied", json_true());
  }
  if (firn_error_expected(error, &text)) set_text(value, "expected", text, error);
  if (firn_error_found(error, &text)) set_text(value, "found", text, error);
  if (firn_error_position(error, &position)) {
    json_object_set_new(
        value, "position",
        json_pack("{s:I, s:I, s:I}", "byteOffset", (json_int_t)position.byte_offset, "line",
                  (json_int_t)position.line, "byteColumn", (json_int_t)position.byte_column));
  }
  return value;
}

static unsigned sextet(char digit) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const char* place = strchr(digits, digit);
  return place != NULL ? (unsigned)(place - digits) : 0;
}

/* Of well-formed base64, which the corpus' schema sees to. */
static firn_buffer decode_base64(const char* text, size_t size) {
  size_t padding = 0;
  while (padding < 2 && padding < size && text[size - padding - 1] == '=') ++padding;
  firn_buffer bytes = {malloc(size / 4 * 3), size / 4 * 3 - padding};
  if (bytes.data == NULL && bytes.size != 0) abort();
  for (size_t i = 0; i < bytes.size; ++i) {
    const char* quad = text + i / 3 * 4;
    const unsigned bits = sextet(quad[0]) << 18 | sextet(quad[1]) << 12 |
                          (quad[2] == '=' ? 0 : sextet(quad[2]) << 6) |
                          (quad[3] == '=' ? 0 : sextet(quad[3]));
    bytes.data[i] = (char)(bits >> (16 - i % 3 * 8));
  }
  /* Exactly its size, so that a read past the end is seen. */
  char* exact = realloc(bytes.data, bytes.size != 0 ? bytes.size : 1);
  if (exact != NULL) bytes.data = exact;
  return bytes;
}

firn_buffer bytes_of(const json_t* object, const char* text_key, const char* base64_key) {
  const json_t* text = json_object_get(object, text_key);
  const json_t* base64 = json_object_get(object, base64_key);
  if (base64 != NULL) return decode_base64(json_string_value(base64), json_string_length(base64));
  firn_buffer bytes = {malloc(json_string_length(text)), json_string_length(text)};
  if (bytes.data == NULL && bytes.size != 0) abort();
  if (bytes.size != 0) memcpy(bytes.data, json_string_value(text), bytes.size);
  return bytes;
}
