/** How registries are reached: plain http or TLS, and mirrors that are asked first. */
@NullMarked
package dev.stagewright.registry.host;

import org.jspecify.annotations.NullMarked;
