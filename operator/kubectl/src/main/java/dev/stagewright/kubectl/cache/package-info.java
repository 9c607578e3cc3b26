/** The records of the cache in a registry: access with the accounts of the user, and output. */
@NullMarked
package dev.stagewright.kubectl.cache;

import org.jspecify.annotations.NullMarked;
