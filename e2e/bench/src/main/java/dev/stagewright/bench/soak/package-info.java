/**
 * Many builds while faults are caused at random: whatever happens, every build has to end as it
 * should, no work may be done twice, and nothing may be left. A judge looks at all of it from the
 * outside, with what the API server and the registry say and a watch has shown.
 */
@NullMarked
package dev.stagewright.bench.soak;

import org.jspecify.annotations.NullMarked;
