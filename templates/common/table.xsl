<?xml version="1.0" encoding="UTF-8"?>
<!-- Tables of data, and what all ruled tables share: columns, header, the row of column numbers.
     Computed cells (compute) are filled in before a template sees the document.
     The number of columns is counted once a table and passed down. Parts of tables have no role:
     what they are tagged follows from what they are; only section rows' cells are TH. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:px="urn:prikaz:fo"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:func="http://exslt.org/functions"
                extension-element-prefixes="func" exclude-result-prefixes="p f">

  <!-- ===================================================== shared -->

  <!-- A column's width as FO has it: «2*» is a proportion. -->
  <xsl:template name="table-column">
    <xsl:param name="width"/>
    <xsl:variable name="value">
      <xsl:choose>
        <xsl:when test="contains($width, '*')">
          <xsl:value-of select="concat('proportional-column-width(',
                                       substring-before($width, '*'), ')')"/>
        </xsl:when>
        <xsl:when test="$width"><xsl:value-of select="$width"/></xsl:when>
        <xsl:otherwise>proportional-column-width(1)</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <fo:table-column column-width="{$value}" border="{$cell-border}"/>
  </xsl:template>

  <xsl:template name="header-cell">
    <xsl:param name="text"/>
    <fo:table-cell padding="{$cell-padding}" display-align="center">
      <fo:block><xsl:value-of select="$text"/></fo:block>
    </fo:table-cell>
  </xsl:template>

  <!-- 1, 2, 3… under the header. -->
  <xsl:template name="column-numbers">
    <xsl:param name="columns"/>
    <fo:table-row xsl:use-attribute-sets="ruled-row">
      <xsl:for-each select="$columns">
        <xsl:call-template name="header-cell">
          <xsl:with-param name="text" select="position()"/>
        </xsl:call-template>
      </xsl:for-each>
    </fo:table-row>
  </xsl:template>

  <xsl:attribute-set name="table-header">
    <xsl:attribute name="hyphenate">false</xsl:attribute>
    <xsl:attribute name="text-align">
      <xsl:value-of select="$set/p:table/@header-align"/>
    </xsl:attribute>
    <xsl:attribute name="font-weight">
      <xsl:value-of select="$set/p:table/@header-weight"/>
    </xsl:attribute>
  </xsl:attribute-set>

  <!-- Whether the current row may be split between pages: long rows, and all rows where the
       profile's keep is 0. Else it stays whole as strongly as keep says. -->
  <xsl:template name="row-keep">
    <xsl:param name="splits"/>
    <xsl:if test="not($splits)">
      <xsl:attribute name="keep-together.within-column">
        <xsl:value-of select="$row-keep"/>
      </xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- At a page's edge the text of a split row does not touch the rule. -->
  <xsl:template name="cell-split">
    <xsl:variable name="padding" select="substring-before(concat($cell-padding, ' '), ' ')"/>
    <xsl:attribute name="padding-before"><xsl:value-of select="$padding"/></xsl:attribute>
    <xsl:attribute name="padding-before.conditionality">retain</xsl:attribute>
    <xsl:attribute name="padding-after"><xsl:value-of select="$padding"/></xsl:attribute>
    <xsl:attribute name="padding-after.conditionality">retain</xsl:attribute>
  </xsl:template>

  <xsl:template name="cell-spans">
    <xsl:if test="@columns &gt; 1">
      <xsl:attribute name="number-columns-spanned"><xsl:value-of select="@columns"/></xsl:attribute>
    </xsl:if>
    <xsl:if test="@rows &gt; 1">
      <xsl:attribute name="number-rows-spanned"><xsl:value-of select="@rows"/></xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- Alignment of a cell: its own, else its column's. Decimal is ours alone: other formatters
       align right. -->
  <xsl:template name="cell-align">
    <xsl:param name="align"/>
    <xsl:choose>
      <xsl:when test="$align = 'decimal'">
        <xsl:attribute name="text-align">right</xsl:attribute>
        <xsl:attribute name="px:align">decimal</xsl:attribute>
      </xsl:when>
      <xsl:when test="$align != ''">
        <xsl:attribute name="text-align"><xsl:value-of select="$align"/></xsl:attribute>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- ===================================================== data table -->

  <xsl:template match="p:table">
    <xsl:variable name="columns" select="p:columns/p:column"/>
    <xsl:apply-templates select="p:caption"/>
    <fo:table xsl:use-attribute-sets="ruled-table" id="{f:id(.)}"
              space-before="{$set/p:table/@before}"
              space-after="{$set/p:table/@after}">
      <xsl:call-template name="at"/>
      <xsl:for-each select="$columns">
        <xsl:call-template name="table-column">
          <xsl:with-param name="width" select="@width"/>
        </xsl:call-template>
      </xsl:for-each>
      <xsl:if test="p:head or $columns[node()]">
        <fo:table-header xsl:use-attribute-sets="table-header">
          <xsl:apply-templates select="p:head/p:row"/>
          <xsl:if test="not(p:head)">
            <fo:table-row xsl:use-attribute-sets="ruled-row">
              <xsl:apply-templates select="$columns" mode="header"/>
            </fo:table-row>
          </xsl:if>
          <xsl:if test="@column-numbers = 'yes'">
            <xsl:call-template name="column-numbers">
              <xsl:with-param name="columns" select="$columns"/>
            </xsl:call-template>
          </xsl:if>
        </fo:table-header>
      </xsl:if>
      <fo:table-body>
        <xsl:for-each select="p:row">
          <fo:table-row xsl:use-attribute-sets="ruled-row">
            <xsl:call-template name="at"/>
            <xsl:if test="@compute">
              <xsl:attribute name="keep-with-previous.within-column">always</xsl:attribute>
              <xsl:attribute name="font-weight">bold</xsl:attribute>
            </xsl:if>
            <xsl:call-template name="row-keep">
              <xsl:with-param name="splits" select="string-length(.) &gt;= $split-from"/>
            </xsl:call-template>
            <xsl:for-each select="p:cell">
              <xsl:call-template name="data-cell">
                <xsl:with-param name="columns" select="$columns"/>
              </xsl:call-template>
            </xsl:for-each>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template match="p:caption">
    <fo:block xsl:use-attribute-sets="requisite-centered" role="P" space-before="6pt">
      <xsl:call-template name="at"/>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <xsl:template match="p:column" mode="header">
    <fo:table-cell padding="{$cell-padding}" display-align="center">
      <fo:block>
        <xsl:call-template name="at"/>
        <xsl:apply-templates/>
      </fo:block>
    </fo:table-cell>
  </xsl:template>

  <xsl:template match="p:head/p:row">
    <fo:table-row xsl:use-attribute-sets="ruled-row">
      <xsl:call-template name="at"/>
      <xsl:apply-templates select="p:cell"/>
    </fo:table-row>
  </xsl:template>

  <xsl:template match="p:head/p:row/p:cell">
    <fo:table-cell padding="{$cell-padding}" display-align="center">
      <xsl:call-template name="cell-spans"/>
      <xsl:call-template name="cell-align">
        <xsl:with-param name="align" select="@align"/>
      </xsl:call-template>
      <xsl:call-template name="flow"/>
    </fo:table-cell>
  </xsl:template>

  <!-- A cell of a table: the column it is in follows from the spans before it in its row. -->
  <xsl:template name="data-cell">
    <xsl:param name="columns"/>
    <xsl:variable name="column" select="count(preceding-sibling::p:cell) + 1
      + sum(preceding-sibling::p:cell/@columns) - count(preceding-sibling::p:cell/@columns)"/>
    <fo:table-cell padding="{$cell-padding}">
      <xsl:call-template name="cell-spans"/>
      <xsl:call-template name="cell-align">
        <xsl:with-param name="align" select="f:either(@align, $columns[$column]/@align)"/>
      </xsl:call-template>
      <xsl:choose>
        <xsl:when test="@figure">
          <fo:block>
            <xsl:call-template name="at"/>
            <xsl:value-of select="f:figure-text(@figure, @signed = 'yes')"/>
          </fo:block>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="flow"/></xsl:otherwise>
      </xsl:choose>
    </fo:table-cell>
  </xsl:template>
</xsl:stylesheet>
