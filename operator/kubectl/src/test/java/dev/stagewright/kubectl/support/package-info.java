/** What the tests of several packages need. */
@NullMarked
package dev.stagewright.kubectl.support;

import org.jspecify.annotations.NullMarked;
