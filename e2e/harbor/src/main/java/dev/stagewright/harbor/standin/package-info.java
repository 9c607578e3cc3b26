/**
 * A stand-in for Harbor, for tests of code that connects to Harbor: registry, token service, and
 * the parts of its API that an image builder uses. It is in memory and listens on the loopback
 * interface or another one.
 *
 * <p>Known responses of a real Harbor 2.16 are returned byte for byte; the tests of the stand-in
 * quote them, including unusual ones. The entry point is {@link
 * dev.stagewright.harbor.standin.HarborStandIn}.
 */
@NullMarked
package dev.stagewright.harbor.standin;

import org.jspecify.annotations.NullMarked;
