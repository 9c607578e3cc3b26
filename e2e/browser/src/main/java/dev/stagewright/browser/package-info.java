/** Chromium without a window, for tests of pages. */
@NullMarked
package dev.stagewright.browser;

import org.jspecify.annotations.NullMarked;
