#include "addon.h"

// The macro pastes the name, so it takes no qualified one.
using firn::node::init;
NODE_API_MODULE(firn, init)
