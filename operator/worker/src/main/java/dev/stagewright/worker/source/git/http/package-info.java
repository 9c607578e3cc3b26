/**
 * HTTP connections of JGit by the transport that registries use: with the same proxies,
 * certificates and timeouts, and with credentials for one server only.
 */
@NullMarked
package dev.stagewright.worker.source.git.http;

import org.jspecify.annotations.NullMarked;
