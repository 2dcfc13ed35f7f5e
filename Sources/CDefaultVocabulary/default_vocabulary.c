#include "default_vocabulary.h"
