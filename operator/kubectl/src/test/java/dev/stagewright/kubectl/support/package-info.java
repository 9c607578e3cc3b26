/** Fixtures for the tests of several packages. */
@NullMarked
package dev.stagewright.kubectl.support;

import org.jspecify.annotations.NullMarked;
