/**
 * TLS settings beyond the defaults: trusted certificate authorities and client certificates, in
 * PEM. Keys and certificates are read in the formats that OpenSSL writes; error messages and text
 * forms contain nothing of a key.
 */
@NullMarked
package dev.stagewright.registry.tls;

import org.jspecify.annotations.NullMarked;
