#include <stdlib.h>
#include <string.h>

#include "testing.h"

static const char* const kWhole =
    "{\"schema\": \"firn.batch/1\", \"id\": \"b-1\", \"file\": \"a.txt\", \"revision\": 7, "
    "\"patches\": [{\"id\": \"p1\", \"op\": \"replace\", \"line\": 2, \"text\": \"x\"}, "
    "{\"op\": \"delete\", \"line\": 3}]}";

static void reads_json(void) {
  firn_batch* batch = batch_of(kWhole);
  uint64_t revision = 0;
  CHECK_VIEW(firn_batch_id(batch), "b-1");
  CHECK_VIEW(firn_batch_file(batch), "a.txt");
  CHECK_NUMBER(firn_batch_patch_count(batch), 2);
  CHECK(firn_batch_revision(batch, &revision));
  CHECK_NUMBER(revision, 7);
  CHECK(firn_batch_revision(batch, NULL));
  firn_batch_free(batch);

  batch = batch_of("[]");
  CHECK_VIEW(firn_batch_id(batch), "");
  CHECK_VIEW(firn_batch_file(batch), "");
  CHECK_NUMBER(firn_batch_patch_count(batch), 0);
  CHECK(!firn_batch_revision(batch, &revision));
  CHECK_NUMBER(revision, 7);
  firn_batch_free(batch);
}

static void refuses_what_is_no_json_with_its_place(void) {
  firn_batch* batch = (firn_batch*)&batch;
  firn_position position;
  REFUSED(firn_batch_parse(exact_text("[\n  {]"), NULL, &batch, error_slot()),
          FIRN_ERROR_MALFORMED_JSON);
  CHECK(batch == NULL);
  CHECK(firn_error_position(last_error(), &position));
  CHECK_NUMBER(position.byte_offset, 5);
  CHECK_NUMBER(position.line, 2);
  CHECK_NUMBER(position.byte_column, 4);
  CHECK_NUMBER(firn_error_law(last_error()), 0);
  REFUSED(firn_batch_parse((firn_view){NULL, 0}, NULL, &batch, error_slot()),
          FIRN_ERROR_MALFORMED_JSON);
}

static void refuses_what_is_no_batch_with_its_patch(void) {
  firn_batch* batch = NULL;
  firn_patch_ref patch;
  firn_view found;
  REFUSED(firn_batch_parse(exact_text("[{\"id\": \"p1\", \"op\": \"delete\", \"line\": 1.5}]"),
                           NULL, &batch, error_slot()),
          FIRN_ERROR_MALFORMED_BATCH);
  CHECK(firn_error_patch(last_error(), &patch));
  CHECK_NUMBER(patch.index, 0);
  CHECK_VIEW(patch.id, "p1");
  CHECK(firn_error_found(last_error(), &found));
  CHECK_VIEW(found, "1.5");
  CHECK(firn_error_position(last_error(), NULL));
}

/* Each limit by itself: what just fits passes, one less is refused and named. */
static void keeps_to_limits(void) {
  for (int i = 0; i < 4; ++i) {
    firn_limits limits = FIRN_LIMITS_INIT;
    uint64_t* const fields[] = {&limits.batch_bytes, &limits.patches, &limits.text_lines,
                                &limits.nesting};
    const uint64_t fitting[] = {strlen(kWhole), 2, 1, 3};
    firn_batch* batch = NULL;
    uint64_t limit = 0;
    *fields[i] = fitting[i];
    OK(firn_batch_parse(exact_text(kWhole), &limits, &batch, error_slot()));
    firn_batch_free(batch);
    *fields[i] = fitting[i] - 1;
    REFUSED(firn_batch_parse(exact_text(kWhole), &limits, &batch, error_slot()),
            FIRN_ERROR_LIMIT_EXCEEDED);
    CHECK(batch == NULL);
    CHECK(firn_error_limit(last_error(), &limit));
    CHECK_NUMBER(limit, fitting[i] - 1);
  }

  firn_limits limits = FIRN_LIMITS_INIT;
  firn_batch_builder* builder = NULL;
  firn_patch_spec patch = FIRN_PATCH_SPEC_INIT(FIRN_OP_DELETE, 1);
  limits.patches = 0;
  OK(firn_batch_builder_new(&limits, &builder, error_slot()));
  REFUSED(firn_batch_builder_add(builder, &patch, error_slot()), FIRN_ERROR_LIMIT_EXCEEDED);
  firn_batch_builder_free(builder);
}

static void writes_json_that_it_reads(void) {
  firn_batch* batch = batch_of(kWhole);
  firn_buffer first;
  firn_buffer second;
  OK(firn_batch_to_json(batch, &first, error_slot()));
  firn_batch_free(batch);
  OK(firn_batch_parse(exact(first.data, first.size), NULL, &batch, error_slot()));
  OK(firn_batch_to_json(batch, &second, error_slot()));
  firn_batch_free(batch);
  CHECK_NUMBER(second.size, first.size);
  CHECK(memcmp(first.data, second.data, first.size) == 0);
  firn_buffer_free(&first);
  CHECK(first.data == NULL);
  CHECK_NUMBER(first.size, 0);
  firn_buffer_free(&first);
  firn_buffer_free(&second);
}

static firn_batch_builder* new_builder(void) {
  firn_batch_builder* builder = NULL;
  OK(firn_batch_builder_new(NULL, &builder, error_slot()));
  if (builder == NULL) abort();
  return builder;
}

/* What the batch of BUILT_IN_JSON says. */
static void fill(firn_batch_builder* builder) {
  OK(firn_batch_builder_set_id(builder, exact_text("b-2"), error_slot()));
  OK(firn_batch_builder_set_file(builder, exact_text("a.txt"), error_slot()));
  const firn_view fingerprint = exact_text("00112233445566778899aabbccddeeff");
  const uint64_t line_count = 9;
  OK(firn_batch_builder_set_base(builder, &fingerprint, &line_count, error_slot()));
  OK(firn_batch_builder_set_revision(builder, 3, error_slot()));

  const firn_view id = exact_text("p1");
  const firn_view text = exact_text("x\ny");
  const firn_view expect = exact_text("old");
  firn_patch_spec replace = FIRN_PATCH_SPEC_INIT(FIRN_OP_REPLACE, 2);
  replace.end_line = 3;
  replace.id = &id;
  replace.text = &text;
  replace.expect = &expect;
  OK(firn_batch_builder_add(builder, &replace, error_slot()));
  firn_patch_spec deletion = FIRN_PATCH_SPEC_INIT(FIRN_OP_DELETE, 5);
  OK(firn_batch_builder_add(builder, &deletion, error_slot()));
  const firn_view lines[] = {exact_text("a"), {NULL, 0}};
  firn_patch_spec insert = FIRN_PATCH_SPEC_INIT(FIRN_OP_INSERT, 7);
  insert.lines = lines;
  insert.line_count = 2;
  OK(firn_batch_builder_add(builder, &insert, error_slot()));
  insert.line = 8;
  insert.line_count = 0;
  OK(firn_batch_builder_add(builder, &insert, error_slot()));
}

static const char BUILT_IN_JSON[] =
    "{\"id\": \"b-2\", \"file\": \"a.txt\", \"revision\": 3, \"base\": "
    "{\"fingerprint\": \"00112233445566778899aabbccddeeff\", \"lineCount\": 9}, \"patches\": ["
    "{\"op\": \"replace\", \"line\": 2, \"endLine\": 3, \"text\": \"x\\ny\", \"id\": \"p1\", "
    "\"expect\": \"old\"}, {\"op\": \"delete\", \"line\": 5}, "
    "{\"op\": \"insert\", \"line\": 7, \"lines\": [\"a\", \"\"]}, "
    "{\"op\": \"insert\", \"line\": 8, \"lines\": []}]}";

/* The same batch by both ways says the same. */
static void builds_what_it_reads(void) {
  firn_batch_builder* builder = new_builder();
  fill(builder);
  firn_batch* built = NULL;
  OK(firn_batch_builder_build(builder, &built, error_slot()));
  firn_batch* read = batch_of(BUILT_IN_JSON);
  firn_buffer built_json;
  firn_buffer read_json;
  OK(firn_batch_to_json(built, &built_json, error_slot()));
  OK(firn_batch_to_json(read, &read_json, error_slot()));
  CHECK_NUMBER(built_json.size, read_json.size);
  CHECK(memcmp(built_json.data, read_json.data, read_json.size) == 0);
  firn_buffer_free(&built_json);
  firn_buffer_free(&read_json);
  firn_batch_free(built);
  firn_batch_free(read);

  /* The builder is empty now, and may build again. */
  OK(firn_batch_builder_build(builder, &built, error_slot()));
  CHECK_NUMBER(firn_batch_patch_count(built), 0);
  CHECK_VIEW(firn_batch_id(built), "");
  firn_batch_free(built);
  firn_batch_builder_free(builder);
}

static void builder_refuses_what_json_may_not_say(void) {
  firn_batch_builder* builder = new_builder();
  const firn_view text = exact_text("x");
  const firn_view id = exact_text("p1");
  firn_patch_spec patch = FIRN_PATCH_SPEC_INIT(FIRN_OP_REPLACE, 1);
  REFUSED(firn_batch_builder_add(builder, &patch, error_slot()), FIRN_ERROR_MALFORMED_BATCH);
  patch.text = &text;
  patch.line = 0;
  REFUSED(firn_batch_builder_add(builder, &patch, error_slot()), FIRN_ERROR_MALFORMED_BATCH);
  patch.line = FIRN_MAX_COUNT + 1;
  REFUSED(firn_batch_builder_add(builder, &patch, error_slot()), FIRN_ERROR_MALFORMED_BATCH);
  patch.line = 4;
  patch.end_line = 3;
  REFUSED(firn_batch_builder_add(builder, &patch, error_slot()), FIRN_ERROR_MALFORMED_BATCH);
  patch.end_line = 4;
  patch.lines = &text;
  patch.line_count = 1;
  REFUSED(firn_batch_builder_add(builder, &patch, error_slot()), FIRN_ERROR_MALFORMED_BATCH);
  patch.lines = NULL;
  patch.line_count = 0;
  patch.id = &id;
  OK(firn_batch_builder_add(builder, &patch, error_slot()));

  /* Two patches of one id are seen when the batch is whole. */
  OK(firn_batch_builder_add(builder, &patch, error_slot()));
  firn_batch* batch = NULL;
  firn_patch_ref other;
  REFUSED(firn_batch_builder_build(builder, &batch, error_slot()), FIRN_ERROR_MALFORMED_BATCH);
  CHECK(batch == NULL);
  CHECK(firn_error_other(last_error(), &other));
  CHECK_NUMBER(other.index, 0);
  CHECK_VIEW(other.id, "p1");
  firn_batch_builder_free(builder);
}

/* What the file's own line ends would change goes in as it is. */
static void verbatim_text_brings_its_own_line_ends(void) {
  firn_batch_builder* builder = new_builder();
  const firn_view text = exact_text("a\r\nb");
  firn_patch_spec patch = FIRN_PATCH_SPEC_INIT(FIRN_OP_REPLACE, 2);
  patch.text = &text;
  patch.verbatim = 1;
  OK(firn_batch_builder_add(builder, &patch, error_slot()));
  firn_batch* batch = NULL;
  OK(firn_batch_builder_build(builder, &batch, error_slot()));
  CHECK_APPLIED("1\n2\n", batch, "1\na\r\nb");
  firn_batch_free(batch);

  patch.verbatim = 0;
  OK(firn_batch_builder_add(builder, &patch, error_slot()));
  OK(firn_batch_builder_build(builder, &batch, error_slot()));
  CHECK_APPLIED("1\n2\n", batch, "1\na\nb\n");
  firn_batch_free(batch);

  patch.verbatim = 1;
  patch.text = NULL;
  patch.lines = &text;
  patch.line_count = 1;
  REFUSED(firn_batch_builder_add(builder, &patch, error_slot()), FIRN_ERROR_MALFORMED_BATCH);
  firn_batch_builder_free(builder);
}

static void refuse_broken_patches(firn_batch_builder* builder) {
  const firn_view bad = unreadable();
  const firn_view text = exact_text("x");
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  firn_patch_spec patch = FIRN_PATCH_SPEC_INIT(FIRN_OP_INSERT, 1);
  patch.text = &text;

  firn_patch_spec broken = patch;
  broken.op = 0;
  REFUSED(firn_batch_builder_add(builder, &broken, error_slot()), invalid);
  broken.op = 4;
  REFUSED(firn_batch_builder_add(builder, &broken, error_slot()), invalid);
  broken = patch;
  broken.struct_size = 0;
  REFUSED(firn_batch_builder_add(builder, &broken, error_slot()), invalid);
  broken = patch;
  broken.verbatim = 2;
  REFUSED(firn_batch_builder_add(builder, &broken, error_slot()), invalid);
  broken = patch;
  broken.text = &bad;
  REFUSED(firn_batch_builder_add(builder, &broken, error_slot()), invalid);
  broken = patch;
  broken.expect = &bad;
  REFUSED(firn_batch_builder_add(builder, &broken, error_slot()), invalid);
  broken = patch;
  broken.id = &bad;
  REFUSED(firn_batch_builder_add(builder, &broken, error_slot()), invalid);
  broken = patch;
  broken.text = NULL;
  broken.line_count = 1;
  REFUSED(firn_batch_builder_add(builder, &broken, error_slot()), invalid);
  broken.lines = &bad;
  REFUSED(firn_batch_builder_add(builder, &broken, error_slot()), invalid);
}

static void refuse_broken_headers(firn_batch_builder* builder) {
  const firn_view bad = unreadable();
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  const uint64_t past = FIRN_MAX_COUNT + 1;
  const firn_view no_fingerprint = exact_text("0011");
  REFUSED(firn_batch_builder_set_id(builder, bad, error_slot()), invalid);
  REFUSED(firn_batch_builder_set_file(builder, bad, error_slot()), invalid);
  REFUSED(firn_batch_builder_set_base(builder, &no_fingerprint, NULL, error_slot()), invalid);
  REFUSED(firn_batch_builder_set_base(builder, &bad, NULL, error_slot()), invalid);
  REFUSED(firn_batch_builder_set_base(builder, NULL, &past, error_slot()), invalid);
  REFUSED(firn_batch_builder_set_revision(builder, past, error_slot()), invalid);
}

/* Nothing of what is refused is added. */
static void builder_refuses_broken_arguments(void) {
  firn_batch_builder* builder = new_builder();
  refuse_broken_patches(builder);
  refuse_broken_headers(builder);
  firn_batch* batch = NULL;
  OK(firn_batch_builder_build(builder, &batch, error_slot()));
  CHECK_NUMBER(firn_batch_patch_count(batch), 0);
  firn_batch_free(batch);
  firn_batch_builder_free(builder);
}

/* A later header may know more fields: 0 in them asks for nothing new. */
static void structs_may_be_of_a_later_version(void) {
  struct {
    firn_limits known;
    uint64_t later;
  } limits = {FIRN_LIMITS_INIT, 0};
  firn_batch* batch = NULL;
  limits.known.struct_size = sizeof limits;
  OK(firn_batch_parse(exact_text("[]"), &limits.known, &batch, error_slot()));
  firn_batch_free(batch);
  limits.later = 1;
  REFUSED(firn_batch_parse(exact_text("[]"), &limits.known, &batch, error_slot()),
          FIRN_ERROR_INVALID_ARGUMENT);
  limits.known.struct_size = sizeof limits.known - 1;
  REFUSED(firn_batch_parse(exact_text("[]"), &limits.known, &batch, error_slot()),
          FIRN_ERROR_INVALID_ARGUMENT);
  limits.known.struct_size = SIZE_MAX; /* Nobody has set it: what it promises is not there. */
  REFUSED(firn_batch_parse(exact_text("[]"), &limits.known, &batch, error_slot()),
          FIRN_ERROR_INVALID_ARGUMENT);
}

static void answers_null(void) {
  const firn_code invalid = FIRN_ERROR_INVALID_ARGUMENT;
  firn_batch* batch = NULL;
  firn_batch_builder* builder = NULL;
  firn_buffer json = {NULL, 7};
  uint64_t number = 5;
  firn_batch_free(NULL);
  firn_batch_builder_free(NULL);
  firn_buffer_free(NULL);
  CHECK_VIEW(firn_batch_id(NULL), "");
  CHECK_VIEW(firn_batch_file(NULL), "");
  CHECK_NUMBER(firn_batch_patch_count(NULL), 0);
  CHECK(!firn_batch_revision(NULL, &number));
  REFUSED(firn_batch_parse(unreadable(), NULL, &batch, error_slot()), invalid);
  REFUSED(firn_batch_parse(exact_text("[]"), NULL, NULL, error_slot()), invalid);
  REFUSED(firn_batch_to_json(NULL, &json, error_slot()), invalid);
  CHECK(json.data == NULL);
  CHECK_NUMBER(json.size, 0);
  REFUSED(firn_batch_builder_new(NULL, NULL, error_slot()), invalid);
  REFUSED(firn_batch_builder_set_id(NULL, exact_text("a"), error_slot()), invalid);
  REFUSED(firn_batch_builder_set_file(NULL, exact_text("a"), error_slot()), invalid);
  REFUSED(firn_batch_builder_set_base(NULL, NULL, NULL, error_slot()), invalid);
  REFUSED(firn_batch_builder_set_revision(NULL, 1, error_slot()), invalid);
  firn_patch_spec patch = FIRN_PATCH_SPEC_INIT(FIRN_OP_DELETE, 1);
  REFUSED(firn_batch_builder_add(NULL, &patch, error_slot()), invalid);
  REFUSED(firn_batch_builder_build(NULL, &batch, error_slot()), invalid);

  builder = new_builder();
  REFUSED(firn_batch_builder_add(builder, NULL, error_slot()), invalid);
  REFUSED(firn_batch_builder_build(builder, NULL, error_slot()), invalid);
  OK(firn_batch_builder_set_base(builder, NULL, NULL, error_slot()));
  firn_batch_builder_free(builder);

  firn_limits limits = FIRN_LIMITS_INIT;
  limits.struct_size = 0;
  REFUSED(firn_batch_builder_new(&limits, &builder, error_slot()), invalid);
  CHECK(builder == NULL);
  batch = batch_of("[]");
  REFUSED(firn_batch_to_json(batch, NULL, error_slot()), invalid);
  firn_batch* selection = batch;
  REFUSED(firn_batch_select(NULL, NULL, 0, &selection, error_slot()), invalid);
  CHECK(selection == NULL);
  REFUSED(firn_batch_select(batch, NULL, 1, &selection, error_slot()), invalid);
  REFUSED(firn_batch_select(batch, NULL, 0, NULL, error_slot()), invalid);
  OK(firn_batch_select(batch, NULL, 0, &selection, error_slot()));
  firn_batch_free(selection);
  firn_batch_free(batch);
}

int main(void) {
  static const test_case tests[] = {
      TEST_CASE(reads_json),
      TEST_CASE(refuses_what_is_no_json_with_its_place),
      TEST_CASE(refuses_what_is_no_batch_with_its_patch),
      TEST_CASE(keeps_to_limits),
      TEST_CASE(writes_json_that_it_reads),
      TEST_CASE(builds_what_it_reads),
      TEST_CASE(builder_refuses_what_json_may_not_say),
      TEST_CASE(verbatim_text_brings_its_own_line_ends),
      TEST_CASE(builder_refuses_broken_arguments),
      TEST_CASE(structs_may_be_of_a_later_version),
      TEST_CASE(answers_null),
  };
  return run_tests("c batch", tests, sizeof tests / sizeof tests[0]);
}
