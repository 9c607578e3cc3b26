package dev.stagewright.analysis.run;

import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.analysis.image.ImageFile;

/**
 * A dynamic program.
 *
 * @param file the file
 * @param elf its facts
 * @param interpreter the path of its program interpreter, as in the file
 */
record Program(ImageFile file, ElfFile elf, String interpreter) {}
