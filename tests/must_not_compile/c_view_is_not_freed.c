#include "firn.h"

#ifdef MISUSE
void free_it(firn_view* bytes) { firn_buffer_free(bytes); }
#else
void free_it(firn_buffer* bytes) { firn_buffer_free(bytes); }
#endif
