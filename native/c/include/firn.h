#ifndef FIRN_H
#define FIRN_H

/*
 * Firn applies patches to frozen text. This header is the C API and its manual: what holds for
 * everything stands here, what each function does in the part that declares it. Include firn.h.
 *
 *     bytes -- firn_snapshot_freeze --> snapshot --+
 *                                                  +-- firn_apply --> patched --> bytes, lines,
 *     JSON  -- firn_batch_parse ------> batch -----+                              changes, diff
 *
 *     firn_snapshot* snapshot = NULL;
 *     firn_batch* batch = NULL;
 *     firn_patched* patched = NULL;
 *     firn_buffer text = {NULL, 0};
 *     firn_error* error = NULL;
 *     const char* json = "[{\"op\": \"delete\", \"line\": 1}]";
 *
 *     if (firn_snapshot_freeze(firn_view_of("one\ntwo\n"), &snapshot, &error) != FIRN_OK ||
 *         firn_batch_parse(firn_view_of(json), NULL, &batch, &error) != FIRN_OK ||
 *         firn_apply(snapshot, batch, NULL, &patched, &error) != FIRN_OK ||
 *         firn_patched_bytes(patched, &text, &error) != FIRN_OK) {
 *       fprintf(stderr, FIRN_VIEW_FORMAT "\n", FIRN_VIEW_ARGS(firn_error_message(error)));
 *     }
 *     firn_buffer_free(&text);  // "two\n"
 *     firn_patched_free(patched);
 *     firn_batch_free(batch);
 *     firn_snapshot_free(snapshot);
 *     firn_error_free(error);
 *
 * Batches come from many places, and the parts of this header, in firn/c, are named after them:
 *
 *     JSON, structs      firn_batch_parse, firn_batch_builder_...      batch.h
 *     an editor          firn_batch_of_text_edits                      text_edits.h
 *     two texts          firn_diff_texts                               diff.h
 *     a unified diff     firn_diff_parse, firn_diff_place              file_diff.h, place.h
 *     other batches      firn_patched_invert, firn_patched_compose     algebra.h
 *     many batches       firn_stack                                    stack.h
 *     another version    firn_patched_rebase                           rebase.h
 *
 * firn_merge (merge.h) makes one text of three; firn_history_... (history.h) keeps a chain of
 * revisions, any of which can be read or taken back. What a batch does is asked of the text it was
 * applied to (apply.h, patched.h), also as a unified diff (unified_diff.h) or a source map
 * (source_map.h); word_diff.h says what of a changed line to mark.
 *
 * Conventions, which hold for every function and are not repeated there:
 *
 *  1. Handles. Each value is a pointer to its own opaque struct, made by one function and freed by
 *     its firn_..._free. Handles do not depend on each other: a patched text keeps what it needs of
 *     its snapshot and batch, so free them in any order. A const handle that is handed out is
 *     borrowed: it lives as long as the handle it was asked of, and is never freed.
 *  2. Text is a pointer and a length: any bytes, NUL included, and no NUL is expected or added at
 *     the end. data may be NULL when size is 0. An optional argument is a pointer; NULL says that
 *     it is not given.
 *  3. Who frees. A firn_view is borrowed, never freed, and lives as long as the handle it was asked
 *     of; one that you pass in is read during the call only. A firn_buffer is yours: give it back
 *     with firn_buffer_free, not with free.
 *  4. Errors. What can fail returns a firn_code, FIRN_OK (0) on success. The last argument, if it
 *     is not NULL, is always written: NULL on success, else a new error for you to free; what it
 *     held before is not looked at. On failure every other result is set to NULL, 0 or empty.
 *  5. NULL. A NULL handle, result pointer or required argument is FIRN_ERROR_INVALID_ARGUMENT in
 *     functions that return a firn_code. Functions without an error answer a NULL handle with 0,
 *     false, NULL or an empty view. Every firn_..._free(NULL) does nothing.
 *     No argument is undefined behaviour but a pointer to memory that is not there, or no longer.
 *  6. Lines count from 1, and are lines of the snapshot unless "patched" is said. Ranges include
 *     both ends; an empty one has to == from - 1. Where there may be no line, 0 says so.
 *     Files, hunks and patches count from 0.
 *  7. Threads. Every handle but firn_batch_builder is immutable: use it from any number of threads.
 *     Free it when the last one is done.
 *  8. There is no global state: no init, no last error, no locale, no errno, no output, no files.
 *  9. Memory. Where there is none, for a large text or for the least thing, the call fails with
 *     FIRN_ERROR_LIMIT_EXCEEDED and leaves everything as it was; if there is none for the error
 *     either, that is NULL, which every firn_error_... takes. Functions without an error need none.
 * 10. Growth. Structs that you fill begin with struct_size; set them up with their FIRN_..._INIT,
 *     and code built against an older header keeps working. None will be larger than 4096 bytes;
 *     a struct_size past that is refused. All others never change.
 *     Numbers of enums never change; new ones may come, so give each switch a default.
 * 11. Lists of structs. A function that ends in what it lists (firn_patched_changes) writes the
 *     first `capacity` of them to your array and returns how many there are, 0 for a NULL handle;
 *     a NULL array gets nothing. So ask once with (NULL, 0), and once more with an array of that
 *     size. Views in the structs are borrowed from the handle.
 *
 * In "O(...)" k is the number of edits, "lines" and "output" are what was asked for.
 */

#include "firn/c/algebra.h"
#include "firn/c/apply.h"
#include "firn/c/batch.h"
#include "firn/c/diff.h"
#include "firn/c/error.h"
#include "firn/c/file_diff.h"
#include "firn/c/history.h"
#include "firn/c/merge.h"
#include "firn/c/patched.h"
#include "firn/c/place.h"
#include "firn/c/rebase.h"
#include "firn/c/snapshot.h"
#include "firn/c/source_map.h"
#include "firn/c/stack.h"
#include "firn/c/text.h"
#include "firn/c/text_edits.h"
#include "firn/c/unified_diff.h"
#include "firn/c/word_diff.h"

#endif /* FIRN_H */
