/**
 * An SSH agent with the cryptography of the JDK: reads private keys, lists them, signs.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-sshm-ssh-agent/">SSH agent protocol</a>
 */
@NullMarked
package dev.stagewright.stage.ssh;

import org.jspecify.annotations.NullMarked;
