/**
 * HTTP proxies: from the environment variables {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code
 * NO_PROXY}, or configured for one registry.
 */
@NullMarked
package dev.stagewright.registry.proxy;

import org.jspecify.annotations.NullMarked;
