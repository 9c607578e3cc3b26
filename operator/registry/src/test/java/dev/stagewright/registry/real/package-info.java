/**
 * What tests need around a real distribution registry: the process itself, a proxy before it that
 * does harm, a token server, and certificates.
 */
@NullMarked
package dev.stagewright.registry.real;

import org.jspecify.annotations.NullMarked;
