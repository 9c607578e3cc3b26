/**
 * The receiver of webhooks: verifies requests of Git servers and of Harbor, and sets the annotation
 * that starts a run. It does nothing else, and answers the same for all requests that it refuses.
 */
@NullMarked
package dev.stagewright.controller.webhook;

import org.jspecify.annotations.NullMarked;
