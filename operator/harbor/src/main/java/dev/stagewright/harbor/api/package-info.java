/** Calls to Harbor's API, with what every call needs: credentials, retries and errors. */
@NullMarked
package dev.stagewright.harbor.api;

import org.jspecify.annotations.NullMarked;
