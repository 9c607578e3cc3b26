/** One call to Harbor's API, with all that every call needs: credentials, repetition and errors. */
@NullMarked
package dev.stagewright.harbor.api;

import org.jspecify.annotations.NullMarked;
