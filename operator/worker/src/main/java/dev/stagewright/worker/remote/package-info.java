/**
 * What ADD takes from elsewhere: fetched by prepare, so that stage Pods need neither network nor
 * credentials for it, and left on the workspace as indexed tars that the stages copy from.
 */
@NullMarked
package dev.stagewright.worker.remote;

import org.jspecify.annotations.NullMarked;
