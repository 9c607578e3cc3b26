/**
 * The operator's configuration: a record, read from a YAML file, with a few environment variables
 * on top.
 */
@NullMarked
package dev.stagewright.controller.config;

import org.jspecify.annotations.NullMarked;
