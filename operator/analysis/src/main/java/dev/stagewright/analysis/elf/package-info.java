/** ELF files: programs and shared libraries of Linux. */
@NullMarked
package dev.stagewright.analysis.elf;

import org.jspecify.annotations.NullMarked;
