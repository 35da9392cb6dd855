<?xml version="1.0" encoding="UTF-8"?>
<!-- The text and tables of an FO document in the words of other formatters, for `make bench`:
     kind = html (weasyprint, LibreOffice), typ (Typst), tex (XeLaTeX). Paragraphs, bold and
     italic runs, tables with repeated headers and spans; nothing of tags, links or masters, so
     that the others have less to do and not more. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:px="urn:prikaz:fo"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="fo px str">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:param name="kind" select="'html'"/>
  <xsl:variable name="html" select="$kind = 'html'"/>
  <xsl:variable name="typ" select="$kind = 'typ'"/>
  <xsl:variable name="tex" select="$kind = 'tex'"/>

  <xsl:template match="/fo:root">
    <xsl:choose>
      <xsl:when test="$html">&lt;!DOCTYPE html>&lt;html lang="ru">&lt;meta charset="utf-8">&lt;style>
@page { size: A4; margin: 20mm 10mm 20mm 30mm }
body { font: 14pt/1.15 "Liberation Serif"; text-align: justify; hyphens: auto }
table { border-collapse: collapse; width: 100%; font-size: 12pt; text-align: left }
td { border: .5pt solid; padding: 1pt 2pt; vertical-align: top } p { margin: 0 }
&lt;/style>&lt;body></xsl:when>
      <xsl:when test="$typ">#set page(paper: "a4", margin: (left: 30mm, right: 10mm, y: 20mm))
#set text(font: "Liberation Serif", size: 14pt, lang: "ru", hyphenate: true)
#set par(justify: true)
</xsl:when>
      <xsl:otherwise>\documentclass[14pt]{extarticle}
\usepackage[a4paper,left=30mm,right=10mm,top=20mm,bottom=20mm]{geometry}
\usepackage{fontspec,polyglossia,longtable,array}
\setmainlanguage{russian}\setmainfont{Liberation Serif}\newfontfamily\cyrillicfont{Liberation Serif}
\begin{document}
</xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates select="fo:page-sequence/fo:flow"/>
    <xsl:if test="$tex">\end{document}
</xsl:if>
  </xsl:template>

  <xsl:template match="fo:block[fo:block | fo:table | fo:block-container]">
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template match="fo:block">
    <xsl:if test="$html">&lt;p></xsl:if>
    <xsl:apply-templates/>
    <xsl:choose>
      <xsl:when test="$tex and ancestor::fo:table-cell">\newline </xsl:when>
      <xsl:otherwise><xsl:text>

</xsl:text></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="fo:inline[@font-weight = 'bold' or @font-style = 'italic']">
    <xsl:value-of select="concat(substring('&lt;b>', 1, 3 * $html), substring('#strong[', 1, 8 * $typ),
                                 substring('\textbf{', 1, 8 * $tex))"/>
    <xsl:apply-templates/>
    <xsl:value-of select="concat(substring('&lt;/b>', 1, 4 * $html), substring(']', 1, $typ),
                                 substring('}', 1, $tex))"/>
  </xsl:template>

  <xsl:template match="fo:table">
    <xsl:variable name="columns" select="count(fo:table-column)"/>
    <xsl:choose>
      <xsl:when test="$html">&lt;table></xsl:when>
      <xsl:when test="$typ">
        <xsl:text>#table(columns: (</xsl:text>
        <xsl:for-each select="fo:table-column">1fr, </xsl:for-each>
        <xsl:text>), align: left,
</xsl:text>
      </xsl:when>
      <xsl:otherwise>
        <xsl:text>\begin{longtable}{|</xsl:text>
        <xsl:for-each select="fo:table-column">
          <xsl:value-of select="concat('p{', 0.86 div $columns, '\textwidth}|')"/>
        </xsl:for-each>
        <xsl:text>}\hline
</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:if test="fo:table-header">
      <xsl:value-of select="concat(substring('&lt;thead>', 1, 7 * $html),
                                   substring('table.header(', 1, 13 * $typ))"/>
      <xsl:apply-templates select="fo:table-header/fo:table-row"/>
      <xsl:value-of select="concat(substring('&lt;/thead>', 1, 8 * $html), substring('),', 1, 2 * $typ),
                                   substring('\endhead', 1, 8 * $tex), '&#10;')"/>
    </xsl:if>
    <xsl:apply-templates select="fo:table-body/fo:table-row"/>
    <xsl:value-of select="concat(substring('&lt;/table>', 1, 8 * $html), substring(')', 1, $typ),
                                 substring('\end{longtable}', 1, 15 * $tex), '&#10;&#10;')"/>
  </xsl:template>

  <xsl:template match="fo:table-row">
    <xsl:if test="$html">&lt;tr></xsl:if>
    <xsl:apply-templates select="fo:table-cell"/>
    <xsl:value-of select="concat(substring('\\ \hline', 1, 9 * $tex), '&#10;')"/>
  </xsl:template>

  <xsl:template match="fo:table-cell">
    <xsl:variable name="span" select="concat(@number-columns-spanned, substring('1', 1,
                                             not(@number-columns-spanned)))"/>
    <xsl:choose>
      <xsl:when test="$html">&lt;td colspan="<xsl:value-of select="$span"/>"></xsl:when>
      <xsl:when test="$typ">table.cell(colspan: <xsl:value-of select="$span"/>)[</xsl:when>
      <xsl:otherwise>
        <xsl:if test="position() &gt; 1"> &amp; </xsl:if>
        <xsl:if test="$span &gt; 1">
          <xsl:value-of select="concat('\multicolumn{', $span, '}{|l|}{\parbox{0.9\textwidth}{')"/>
        </xsl:if>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates/>
    <xsl:value-of select="concat(substring('],&#10;', 1, 3 * $typ),
                                 substring('}}', 1, 2 * ($tex and $span &gt; 1)))"/>
  </xsl:template>

  <xsl:template match="text()">
    <xsl:choose>
      <xsl:when test="$html">
        <xsl:value-of select="str:replace(str:replace(., '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;')"/>
      </xsl:when>
      <xsl:otherwise>
        <!-- what either gives a meaning to -->
        <xsl:value-of select="translate(., '#$%&amp;_{}~^\*@&lt;&gt;`[]', '')"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
