/**
 * An SSH agent with the JDK's own cryptography: reads private keys, answers who it knows, signs.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-sshm-ssh-agent/">SSH agent protocol</a>
 */
@NullMarked
package dev.stagewright.stage.ssh;

import org.jspecify.annotations.NullMarked;
