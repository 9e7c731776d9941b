#ifndef FIRN_C_TEXT_H
#define FIRN_C_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define FIRN_API __attribute__((visibility("default")))
#define FIRN_MUST_CHECK __attribute__((warn_unused_result))
#else
#define FIRN_API
#define FIRN_MUST_CHECK
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Borrowed bytes. In views that Firn returns, data is never NULL. */
typedef struct firn_view {
  const char* data;
  size_t size; /* In bytes. */
} firn_view;

/* Owned bytes: free with firn_buffer_free. data may be NULL when size is 0. */
typedef struct firn_buffer {
  char* data;
  size_t size; /* In bytes. */
} firn_buffer;

/* Frees the bytes and leaves {NULL, 0}, so that a second call does nothing. */
FIRN_API void firn_buffer_free(firn_buffer* buffer);

/* The bytes of a C string, without its NUL. NULL is the empty text. */
static inline firn_view firn_view_of(const char* string) {
  firn_view view;
  view.data = string;
  view.size = string != NULL ? strlen(string) : 0;
  return view;
}

/* The bytes of a buffer, borrowed from it. */
static inline firn_view firn_buffer_view(const firn_buffer* buffer) {
  firn_view view;
  view.data = buffer != NULL ? buffer->data : NULL;
  view.size = buffer != NULL ? buffer->size : 0;
  return view;
}

/* printf("name: " FIRN_VIEW_FORMAT "\n", FIRN_VIEW_ARGS(view)): up to the first NUL, if any. */
#define FIRN_VIEW_FORMAT "%.*s"
#define FIRN_VIEW_ARGS(view) (int)((view).size < 0x7fffffff ? (view).size : 0x7fffffff), (view).data

/* The engine's version, "major.minor.patch". Lives for ever. */
FIRN_API firn_view firn_version(void);

#ifdef __cplusplus
}
#endif

#endif /* FIRN_C_TEXT_H */
