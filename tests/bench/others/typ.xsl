<?xml version="1.0" encoding="UTF-8"?>
<!-- FO to Typst: see common.xsl. Text stands in strings, where nothing has a meaning but «"»
     and «\». -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:exsl="http://exslt.org/common"
                xmlns:str="http://exslt.org/strings">
  <xsl:import href="common.xsl"/>
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template match="/fo:root">
    <xsl:text>#set text(font: "Liberation Serif", size: 14pt, lang: "ru", hyphenate: false)
#set par(spacing: 0.65em)
#set page(paper: "a4", numbering: "1", number-align: top + center)
#set table(inset: (x: 1.2mm, y: 0.8mm), stroke: 0.5pt)
</xsl:text>
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template match="fo:flow">
    <xsl:value-of select="concat('#set page(', substring('margin: (left: 30mm, right: 10mm, y: 20mm)',
        1, 99 * not(contains(../@master-reference, 'landscape'))), substring('flipped: true, margin: (x: 20mm, top: 20mm, bottom: 10mm)',
        1, 99 * contains(../@master-reference, 'landscape')), ');&#10;')"/>
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template match="@*" mode="set"/>
  <xsl:template match="@text-align[. = 'center' or . = 'left' or . = 'right']" mode="set">
    <xsl:value-of select="concat('#set par(justify: false);#set align(', ., ');')"/>
  </xsl:template>
  <xsl:template match="@text-align[. = 'justify']" mode="set">#set par(justify: true);#set align(left);</xsl:template>
  <xsl:template match="@text-indent" mode="set"><xsl:value-of select="concat('#set par(first-line-indent: ', ., ');')"/></xsl:template>
  <xsl:template match="@font-weight[. = 'bold']" mode="set">#set text(weight: "bold");</xsl:template>
  <xsl:template match="@font-weight[. = 'normal']" mode="set">#set text(weight: "regular");</xsl:template>
  <xsl:template match="@font-style[. = 'italic']" mode="set">#set text(style: "italic");</xsl:template>
  <xsl:template match="@font-size[contains(., 'pt')]" mode="set"><xsl:value-of select="concat('#set text(size: ', ., ');')"/></xsl:template>
  <xsl:template match="@hyphenate" mode="set"><xsl:value-of select="concat('#set text(hyphenate: ', ., ');')"/></xsl:template>

  <xsl:template name="space">
    <xsl:param name="length"/>
    <xsl:if test="$length"><xsl:value-of select="concat('#v(', $length, ', weak: true)&#10;')"/></xsl:if>
  </xsl:template>

  <xsl:template match="fo:block">
    <xsl:call-template name="space"><xsl:with-param name="length" select="@space-before"/></xsl:call-template>
    <xsl:if test="@start-indent"><xsl:value-of select="concat('#pad(left: ', @start-indent, ')')"/></xsl:if>
    <xsl:value-of select="concat(substring('#', 1, not(@start-indent)), '[')"/>
    <xsl:apply-templates select="@*" mode="set"/>
    <xsl:apply-templates/>
    <xsl:text>

]
</xsl:text>
    <xsl:call-template name="space"><xsl:with-param name="length" select="@space-after"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="fo:block[not(node())]"> \ </xsl:template>
  <xsl:template match="fo:inline">#[<xsl:apply-templates select="@*" mode="set"/><xsl:apply-templates/>]</xsl:template>

  <xsl:template match="fo:table">
    <xsl:variable name="columns"><xsl:apply-templates select="." mode="columns"/></xsl:variable>
    <xsl:text>#[</xsl:text>
    <xsl:apply-templates select="@*" mode="set"/>
    <xsl:text>#table(columns: (</xsl:text>
    <xsl:for-each select="exsl:node-set($columns)/c"><xsl:value-of select="concat(., 'mm, ')"/></xsl:for-each>
    <xsl:text>), </xsl:text>
    <xsl:if test="not(fo:table-column/@border)">stroke: none, inset: 0pt, </xsl:if>
    <xsl:if test="fo:table-header">
      <xsl:text>table.header(</xsl:text>
      <xsl:apply-templates select="fo:table-header/fo:table-row"/>
      <xsl:text>), </xsl:text>
    </xsl:if>
    <xsl:apply-templates select="fo:table-body/fo:table-row"/>
    <xsl:text>)]

</xsl:text>
  </xsl:template>
  <xsl:template match="fo:table-row"><xsl:apply-templates select="fo:table-cell"/></xsl:template>
  <xsl:template match="fo:table-cell">
    <xsl:text>table.cell(</xsl:text>
    <xsl:if test="@number-columns-spanned">colspan: <xsl:value-of select="@number-columns-spanned"/>, </xsl:if>
    <xsl:if test="@number-rows-spanned">rowspan: <xsl:value-of select="@number-rows-spanned"/></xsl:if>
    <xsl:text>)[</xsl:text>
    <xsl:apply-templates select="../../@*" mode="set"/>
    <xsl:apply-templates select="@*" mode="set"/>
    <xsl:apply-templates/>
    <xsl:text>],
</xsl:text>
  </xsl:template>

  <xsl:template match="text()">
    <xsl:call-template name="words">
      <xsl:with-param name="escaped" select="str:replace(str:replace(., '\', '\\'), '&quot;', '\&quot;')"/>
      <xsl:with-param name="open">#"</xsl:with-param>
      <xsl:with-param name="close">";</xsl:with-param>
    </xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
