/**
 * Remote sources of ADD instructions. Prepare fetches them, so that stage Pods require neither
 * network nor credentials for them, and stores them on the workspace as indexed tars.
 */
@NullMarked
package dev.stagewright.worker.remote;

import org.jspecify.annotations.NullMarked;
