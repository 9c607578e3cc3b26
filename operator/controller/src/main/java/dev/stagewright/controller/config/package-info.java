/**
 * The configuration of the operator, which is read from a YAML file and from environment variables
 * that override some properties.
 */
@NullMarked
package dev.stagewright.controller.config;

import org.jspecify.annotations.NullMarked;
