/** How near a build whose stages do nothing but wait comes to the time that they wait. */
package dev.stagewright.bench.diamond;
