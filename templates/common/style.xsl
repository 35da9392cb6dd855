<?xml version="1.0" encoding="UTF-8"?>
<!-- Styles: attribute sets that the requisites share. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                exclude-result-prefixes="p f">

  <!-- Text: paragraphs inherit indent and alignment from here. -->
  <xsl:attribute-set name="body">
    <xsl:attribute name="text-indent"><xsl:value-of select="$indent"/></xsl:attribute>
    <xsl:attribute name="text-align"><xsl:value-of select="$align"/></xsl:attribute>
    <xsl:attribute name="hyphenate"><xsl:value-of select="$hyphenate"/></xsl:attribute>
    <xsl:attribute name="orphans">2</xsl:attribute>
    <xsl:attribute name="widows">2</xsl:attribute>
  </xsl:attribute-set>

  <!-- A requisite: no indent, not justified, no hyphens, its lines stay together. -->
  <xsl:attribute-set name="requisite">
    <xsl:attribute name="text-indent">0pt</xsl:attribute>
    <xsl:attribute name="text-align">left</xsl:attribute>
    <xsl:attribute name="hyphenate">false</xsl:attribute>
    <xsl:attribute name="keep-together.within-page">always</xsl:attribute>
  </xsl:attribute-set>

  <!-- A requisite of the letterhead or over a text: centred, never the last on its page. -->
  <xsl:attribute-set name="requisite-centered" use-attribute-sets="requisite">
    <xsl:attribute name="text-align">center</xsl:attribute>
    <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
  </xsl:attribute-set>

  <!-- A line of the blank: centred over the text, or as the corner's setting says. -->
  <xsl:attribute-set name="requisite-letterhead" use-attribute-sets="requisite-centered">
    <xsl:attribute name="text-align"><xsl:value-of select="$letterhead-align"/></xsl:attribute>
  </xsl:attribute-set>
  <xsl:variable name="letterhead-align" select="f:setting('letterhead',
    concat(substring('corner-', 1, 7 * $in-corner), 'align'))"/>

  <!-- A table for layout alone: columns without borders. -->
  <xsl:attribute-set name="plain-table">
    <xsl:attribute name="table-layout">fixed</xsl:attribute>
    <xsl:attribute name="width">100%</xsl:attribute>
    <xsl:attribute name="role">Div</xsl:attribute>
    <xsl:attribute name="text-indent">0pt</xsl:attribute>
    <xsl:attribute name="start-indent">0pt</xsl:attribute>
    <xsl:attribute name="text-align">left</xsl:attribute>
    <xsl:attribute name="hyphenate">false</xsl:attribute>
  </xsl:attribute-set>

  <!-- A table with ruled cells; borders close at page edges. -->
  <xsl:attribute-set name="ruled-table">
    <xsl:attribute name="table-layout">fixed</xsl:attribute>
    <xsl:attribute name="width">100%</xsl:attribute>
    <xsl:attribute name="border-collapse">collapse</xsl:attribute>
    <xsl:attribute name="font-size"><xsl:value-of select="$table-size"/></xsl:attribute>
    <xsl:attribute name="line-height"><xsl:value-of select="$table-line-height"/></xsl:attribute>
    <xsl:attribute name="text-indent">0pt</xsl:attribute>
    <xsl:attribute name="start-indent">0pt</xsl:attribute>
    <xsl:attribute name="text-align">left</xsl:attribute>
    <xsl:attribute name="hyphenate"><xsl:value-of select="$table-hyphenate"/></xsl:attribute>
    <xsl:attribute name="hyphenation-remain-character-count">
      <xsl:value-of select="$set/p:table/@hyphenation-count"/>
    </xsl:attribute>
    <xsl:attribute name="hyphenation-push-character-count">
      <xsl:value-of select="$set/p:table/@hyphenation-count"/>
    </xsl:attribute>
    <xsl:attribute name="role">Table</xsl:attribute>
  </xsl:attribute-set>

  <!-- The rules of a table stand on its columns and rows, not on its cells: a row costs three
       attributes instead of four for each cell. Rows close at page edges: a width of its own is
       what conditionality speaks of. -->
  <xsl:attribute-set name="ruled-row">
    <xsl:attribute name="border"><xsl:value-of select="$cell-border"/></xsl:attribute>
    <xsl:attribute name="border-before-width"><xsl:value-of select="$rule-width"/></xsl:attribute>
    <xsl:attribute name="border-before-width.conditionality">retain</xsl:attribute>
    <xsl:attribute name="border-after-width"><xsl:value-of select="$rule-width"/></xsl:attribute>
    <xsl:attribute name="border-after-width.conditionality">retain</xsl:attribute>
  </xsl:attribute-set>

  <!-- Settings that many elements ask for, looked up once. -->
  <xsl:variable name="indent" select="string($set/p:paragraph/@indent)"/>
  <xsl:variable name="align" select="string($set/p:paragraph/@align)"/>
  <xsl:variable name="hyphenate" select="string($set/p:paragraph/@hyphenate)"/>
  <xsl:variable name="table-size" select="string($set/p:font/@table-size)"/>
  <xsl:variable name="table-line-height" select="string($set/p:font/@table-line-height)"/>
  <xsl:variable name="table-hyphenate" select="string($set/p:table/@hyphenate)"/>
  <xsl:variable name="rule-width" select="string($set/p:table/@border)"/>
  <xsl:variable name="cell-border" select="concat($rule-width, ' solid black')"/>
  <xsl:variable name="cell-padding" select="string($set/p:table/@padding)"/>
  <xsl:variable name="row-keep" select="string($set/p:table/@keep)"/>
  <xsl:variable name="split-from" select="string($set/p:table/@keep-below)
                                          * ($row-keep != '0')"/>
  <xsl:variable name="paragraph-after" select="string($set/p:paragraph/@after)"/>
  <xsl:variable name="paragraphs-apart" select="$paragraph-after != '0pt'"/>
</xsl:stylesheet>
