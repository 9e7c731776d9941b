#include <firn.h>
#include <stdio.h>

int main(void) {
  const firn_view version = firn_version();
  return printf(FIRN_VIEW_FORMAT "\n", FIRN_VIEW_ARGS(version)) > 1 ? 0 : 1;
}
