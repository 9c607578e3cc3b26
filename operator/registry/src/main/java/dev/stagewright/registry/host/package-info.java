/** Registry hosts: plain http or TLS, mirrors, and rewrite rules. */
@NullMarked
package dev.stagewright.registry.host;

import org.jspecify.annotations.NullMarked;
