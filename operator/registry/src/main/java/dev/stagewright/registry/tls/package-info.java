/**
 * What TLS needs beyond the defaults: certificate authorities to trust and certificates to show,
 * read from PEM. Keys and certificates are read in the forms that OpenSSL writes; nothing of a key
 * appears in an error or a text form.
 */
@NullMarked
package dev.stagewright.registry.tls;

import org.jspecify.annotations.NullMarked;
