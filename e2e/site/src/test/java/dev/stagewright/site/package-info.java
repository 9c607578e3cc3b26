/** Tests of the site of the documentation, in Chromium. */
@NullMarked
package dev.stagewright.site;

import org.jspecify.annotations.NullMarked;
