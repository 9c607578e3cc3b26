/**
 * HTTP proxies between us and a registry: as the environment variables {@code HTTPS_PROXY}, {@code
 * HTTP_PROXY} and {@code NO_PROXY} have them, or for one registry.
 */
@NullMarked
package dev.stagewright.registry.proxy;

import org.jspecify.annotations.NullMarked;
