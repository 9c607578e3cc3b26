/**
 * How the phases use the registry client: with the request's table of hosts and the mounted
 * credentials, and with failures that say whose fault they are.
 */
@NullMarked
package dev.stagewright.worker.registries;

import org.jspecify.annotations.NullMarked;
