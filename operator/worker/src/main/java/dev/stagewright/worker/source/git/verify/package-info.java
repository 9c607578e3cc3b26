/** Signatures of commits and tags: by SSH keys and by OpenPGP keys. */
@NullMarked
package dev.stagewright.worker.source.git.verify;

import org.jspecify.annotations.NullMarked;
