/** Tests of the site of the documentation, in Chromium. */
@NullMarked
package dev.stagewright.e2e.site;

import org.jspecify.annotations.NullMarked;
