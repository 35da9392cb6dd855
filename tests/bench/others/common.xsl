<?xml version="1.0" encoding="UTF-8"?>
<!-- What the stylesheets beside this one share, which put the text and tables of an FO document
     into the words of other formatters for `make bench`: paragraphs with their alignment, indents,
     sizes and spaces, bold and italic runs, tables with the widths of their columns, repeated
     headers and spans, page numbers, upright and landscape pages. No tags, links, bookmarks or
     PDF/A: the others have less to do, not more. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:exsl="http://exslt.org/common"
                xmlns:str="http://exslt.org/strings" extension-element-prefixes="exsl str">
  <xsl:strip-space elements="fo:root fo:page-sequence fo:flow fo:table fo:table-header fo:table-body
                             fo:table-row fo:table-cell fo:block-container"/>

  <!-- a block that holds others; an empty one in a line is a line break -->
  <xsl:key name="holder" match="fo:block[fo:block[node()] | fo:table | fo:block-container]" use="generate-id()"/>

  <xsl:template match="fo:static-content | fo:declarations | fo:bookmark-tree | fo:layout-master-set
                       | fo:leader | fo:page-number-citation | fo:instream-foreign-object"/>
  <xsl:template match="fo:block-container | fo:table-cell"><xsl:apply-templates/></xsl:template>
  <xsl:template match="fo:block[key('holder', generate-id())]/text()[not(normalize-space())]"/>

  <!-- Text with one space where there are several: between the quotes given. -->
  <xsl:template name="words">
    <xsl:param name="escaped" select="."/>
    <xsl:param name="open"/>
    <xsl:param name="close"/>
    <xsl:if test="not(normalize-space(substring(., 1, 1)))"><xsl:text> </xsl:text></xsl:if>
    <xsl:if test="normalize-space()">
      <xsl:value-of select="concat($open, normalize-space($escaped), $close)"/>
      <xsl:if test="not(normalize-space(substring(., string-length())))"><xsl:text> </xsl:text></xsl:if>
    </xsl:if>
  </xsl:template>

  <!-- The number of millimetres of «1.2cm», «16mm» or «14pt». -->
  <xsl:template name="mm">
    <xsl:param name="length"/>
    <xsl:variable name="number" select="translate($length, 'cmpt', '')"/>
    <xsl:choose>
      <xsl:when test="contains($length, 'mm')"><xsl:value-of select="$number"/></xsl:when>
      <xsl:when test="contains($length, 'cm')"><xsl:value-of select="$number * 10"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$number * 25.4 div 72"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The columns of a table as elements c whose text is the width in millimetres. -->
  <xsl:template match="fo:table" mode="columns">
    <xsl:variable name="page" select="170 + 87 * contains(ancestor::fo:page-sequence/@master-reference, 'landscape')"/>
    <xsl:variable name="fixed">
      <xsl:for-each select="fo:table-column[not(contains(@column-width, '('))]">
        <c><xsl:call-template name="mm"><xsl:with-param name="length" select="@column-width"/></xsl:call-template></c>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="shares">
      <xsl:for-each select="fo:table-column[contains(@column-width, '(')]">
        <c><xsl:value-of select="substring-before(substring-after(@column-width, '('), ')')"/></c>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="rest" select="$page - sum(exsl:node-set($fixed)/c)"/>
    <xsl:for-each select="fo:table-column">
      <c>
        <xsl:choose>
          <xsl:when test="contains(@column-width, '(')">
            <xsl:value-of select="$rest * substring-before(substring-after(@column-width, '('), ')')
                                  div sum(exsl:node-set($shares)/c)"/>
          </xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="mm"><xsl:with-param name="length" select="@column-width"/></xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
      </c>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
