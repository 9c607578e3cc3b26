/**
 * A soak test: many builds, which share a cache, while random faults are injected. Every build must
 * finish with the expected result, made from its own input, no work may be done twice, and no
 * object may be left. The checks use only the API server, the registry, and a watch.
 */
@NullMarked
package dev.stagewright.bench.soak;

import org.jspecify.annotations.NullMarked;
