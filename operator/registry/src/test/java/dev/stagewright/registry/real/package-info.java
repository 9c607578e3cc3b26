/**
 * Test helpers for a real distribution registry: the process, a proxy that injects faults, a token
 * server, and certificates.
 */
@NullMarked
package dev.stagewright.registry.real;

import org.jspecify.annotations.NullMarked;
