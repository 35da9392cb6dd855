<?xml version="1.0" encoding="UTF-8"?>
<!-- Sheets: page masters for standing and lying pages, mirrored for printing on both sides where
     the office wants it, the page number, the frame of the FO document with its metadata and
     outline. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:px="urn:prikaz:fo"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:func="http://exslt.org/functions"
                extension-element-prefixes="func" exclude-result-prefixes="p f">

  <!-- One part alone instead of the whole: its name («order», «appendix-1»), and the number of
       its first page in the whole; without it pages are counted from 1 and the first has no
       number, as in a document of its own. -->
  <xsl:param name="only"/>
  <xsl:param name="first-page"/>
  <!-- yes: the names of all parts are listed in the metadata. -->
  <xsl:param name="list-parts"/>

  <!-- A part's name: what is in no appendix belongs to the order. -->
  <func:function name="f:part-name">
    <xsl:param name="node"/>
    <xsl:variable name="appendix" select="$node/ancestor-or-self::p:appendix"/>
    <xsl:choose>
      <xsl:when test="$appendix">
        <func:result select="concat('appendix-',
                                    count($appendix/preceding-sibling::p:appendix) + 1)"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="'order'"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- Whether an element is in what is being set, and in the extract where it is one. -->
  <func:function name="f:is-here">
    <xsl:param name="node"/>
    <func:result select="($only = '' or f:part-name($node) = $only)
                         and (not($is-extract) or f:is-printed($node))"/>
  </func:function>

  <!-- The whole FO document: an entry template calls this and has its page sequences made by
       mode="pages" and its outline by mode="outline". `lies`: all its sheets lie. -->
  <xsl:template name="document">
    <xsl:param name="lies" select="@orientation = 'landscape'"/>
    <xsl:call-template name="check-profile"/>
    <fo:root xml:lang="ru-RU" font-family="{$set/p:font/@family}"
             font-size="{$set/p:font/@size}"
             line-height="{$set/p:font/@line-height}" hyphenate="false" role="Document">
      <xsl:call-template name="at"/>
      <fo:layout-master-set>
        <xsl:if test="$order or not($lies) or p:agreed[@place = 'sheet']
                      or .//@orientation[. = 'portrait']">
          <xsl:call-template name="page-masters">
            <xsl:with-param name="name" select="'portrait'"/>
            <xsl:with-param name="group" select="'page'"/>
            <xsl:with-param name="width" select="'210mm'"/>
            <xsl:with-param name="height" select="'297mm'"/>
          </xsl:call-template>
        </xsl:if>
        <xsl:if test="$lies or descendant::*/@orientation = 'landscape'">
          <xsl:call-template name="page-masters">
            <xsl:with-param name="name" select="'landscape'"/>
            <xsl:with-param name="group" select="'landscape'"/>
            <xsl:with-param name="width" select="'297mm'"/>
            <xsl:with-param name="height" select="'210mm'"/>
          </xsl:call-template>
        </xsl:if>
      </fo:layout-master-set>
      <fo:declarations>
        <xsl:apply-templates select="." mode="metadata"/>
        <px:meta name="language" value="ru-RU"/>
        <xsl:if test="$list-parts = 'yes'">
          <xsl:for-each select="$order | $order/p:appendix">
            <px:meta name="part" value="{f:part-name(.)}"/>
          </xsl:for-each>
        </xsl:if>
      </fo:declarations>
      <fo:bookmark-tree>
        <xsl:apply-templates select="." mode="outline"/>
      </fo:bookmark-tree>
      <xsl:apply-templates select="." mode="pages"/>
    </fo:root>
  </xsl:template>

  <xsl:variable name="mirror" select="$set/p:page/@mirror = 'yes'"/>

  <!-- A sheet without a number for the first page, one with a number for the rest; with mirrored
       margins two for the rest. -->
  <xsl:template name="page-masters">
    <xsl:param name="name"/>
    <xsl:param name="group"/>
    <xsl:param name="width"/>
    <xsl:param name="height"/>
    <xsl:variable name="sheet" select="$set/*[local-name() = $group]"/>
    <fo:simple-page-master master-name="{$name}-first" page-width="{$width}"
                           page-height="{$height}" margin-left="{$sheet/@margin-left}"
                           margin-right="{$sheet/@margin-right}"
                           margin-bottom="{$sheet/@margin-bottom}">
      <fo:region-body margin-top="{$sheet/@margin-top}"/>
    </fo:simple-page-master>
    <xsl:call-template name="numbered-master">
      <xsl:with-param name="name" select="concat($name, '-', substring('rest', 1, 4 * not($mirror)),
                                                 substring('odd', 1, 3 * $mirror))"/>
      <xsl:with-param name="sheet" select="$sheet"/>
      <xsl:with-param name="width" select="$width"/>
      <xsl:with-param name="height" select="$height"/>
    </xsl:call-template>
    <xsl:if test="$mirror">
      <xsl:call-template name="mirror-masters">
        <xsl:with-param name="name" select="$name"/>
        <xsl:with-param name="group" select="$group"/>
        <xsl:with-param name="width" select="$width"/>
        <xsl:with-param name="height" select="$height"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:call-template name="first-and-rest">
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="first" select="concat($name, '-first')"/>
    </xsl:call-template>
    <xsl:if test="$has-qr and $orientation = $name">
      <fo:simple-page-master master-name="{$name}-qr-first" page-width="{$width}"
                             page-height="{$height}"
                             margin-left="{$sheet/@margin-left}"
                             margin-right="{$sheet/@margin-right}"
                             margin-bottom="{$sheet/@margin-bottom}">
        <fo:region-body margin-top="{$sheet/@margin-top}" margin-bottom="{$qr-room}mm"/>
      </fo:simple-page-master>
      <xsl:call-template name="first-and-rest">
        <xsl:with-param name="name" select="concat($name, '-qr')"/>
        <xsl:with-param name="first" select="concat($name, '-qr-first')"/>
        <xsl:with-param name="rest" select="$name"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- How the document's first sheet lies. -->
  <xsl:variable name="orientation" select="f:either($source/self::p:appendix/@orientation, 'portrait')"/>

  <xsl:template name="first-and-rest">
    <xsl:param name="name"/>
    <xsl:param name="first"/>
    <xsl:param name="rest" select="$name"/>
    <fo:page-sequence-master master-name="{$name}">
      <fo:repeatable-page-master-alternatives>
        <fo:conditional-page-master-reference page-position="first" master-reference="{$first}"/>
        <xsl:choose>
          <xsl:when test="$mirror">
            <xsl:call-template name="odd-and-even">
              <xsl:with-param name="name" select="$rest"/>
            </xsl:call-template>
          </xsl:when>
          <xsl:otherwise>
            <fo:conditional-page-master-reference master-reference="{$rest}-rest"/>
          </xsl:otherwise>
        </xsl:choose>
      </fo:repeatable-page-master-alternatives>
    </fo:page-sequence-master>
  </xsl:template>

  <xsl:template name="odd-and-even">
    <xsl:param name="name"/>
    <fo:conditional-page-master-reference odd-or-even="odd" master-reference="{$name}-odd"/>
    <fo:conditional-page-master-reference odd-or-even="even" master-reference="{$name}-even"/>
  </xsl:template>

  <!-- A sheet with its number in the top margin. -->
  <xsl:template name="numbered-master">
    <xsl:param name="name"/>
    <xsl:param name="sheet"/>
    <xsl:param name="width"/>
    <xsl:param name="height"/>
    <xsl:variable name="top" select="f:mm($sheet/@margin-top)"/>
    <xsl:variable name="number" select="f:mm($sheet/@page-number)"/>
    <fo:simple-page-master master-name="{$name}" page-width="{$width}"
                           page-height="{$height}" margin-left="{$sheet/@margin-left}"
                           margin-right="{$sheet/@margin-right}"
                           margin-bottom="{$sheet/@margin-bottom}"
                           margin-top="{$number}mm">
      <fo:region-body margin-top="{$top - $number}mm"/>
      <fo:region-before region-name="page-number" extent="{$top - $number}mm"/>
    </fo:simple-page-master>
  </xsl:template>

  <!-- The back of a sheet: the binding is at the right, of a lying one at the bottom, whose top
       margin then holds the page number and 10 mm more. -->
  <xsl:template name="mirror-masters">
    <xsl:param name="name"/>
    <xsl:param name="group"/>
    <xsl:param name="width"/>
    <xsl:param name="height"/>
    <xsl:variable name="number" select="f:mm(f:setting($group, 'page-number'))"/>
    <xsl:choose>
      <xsl:when test="$group = 'page'">
        <fo:simple-page-master master-name="{$name}-even" page-width="{$width}"
                               page-height="{$height}"
                               margin-left="{f:setting($group, 'margin-right')}"
                               margin-right="{f:setting($group, 'margin-left')}"
                               margin-bottom="{f:setting($group, 'margin-bottom')}"
                               margin-top="{$number}mm">
          <fo:region-body margin-top="{f:mm(f:setting($group, 'margin-top')) - $number}mm"/>
          <fo:region-before region-name="page-number"
                            extent="{f:mm(f:setting($group, 'margin-top')) - $number}mm"/>
        </fo:simple-page-master>
      </xsl:when>
      <xsl:otherwise>
        <fo:simple-page-master master-name="{$name}-even" page-width="{$width}"
                               page-height="{$height}"
                               margin-left="{f:setting($group, 'margin-left')}"
                               margin-right="{f:setting($group, 'margin-right')}"
                               margin-bottom="{f:setting($group, 'margin-top')}"
                               margin-top="{$number}mm">
          <fo:region-body margin-top="10mm"/>
          <fo:region-before region-name="page-number" extent="10mm"/>
        </fo:simple-page-master>
      </xsl:otherwise>
    </xsl:choose>
    <fo:page-sequence-master master-name="{$name}-rest">
      <fo:repeatable-page-master-alternatives>
        <xsl:call-template name="odd-and-even">
          <xsl:with-param name="name" select="$name"/>
        </xsl:call-template>
      </fo:repeatable-page-master-alternatives>
    </fo:page-sequence-master>
  </xsl:template>

  <!-- One page sequence for the current element, its content made by mode="flow". `first`: its
       first page is the document's and has no number. `begins`, `ends`: the element does
       so here; `parts`: those of its children that stand here, where not all do. -->
  <xsl:template name="page-sequence">
    <xsl:param name="orientation" select="'portrait'"/>
    <xsl:param name="first" select="true()"/>
    <xsl:param name="begins" select="true()"/>
    <xsl:param name="ends" select="true()"/>
    <xsl:param name="parts"/>
    <xsl:variable name="own" select="$begins and $set/p:paging/@numbers = 'own'"/>
    <fo:page-sequence master-reference="{$orientation}-rest">
      <xsl:if test="$first or $own">
        <xsl:attribute name="master-reference">
          <xsl:value-of select="concat($orientation, substring('-qr', 1, 3 * ($first and $has-qr)))"/>
        </xsl:attribute>
      </xsl:if>
      <xsl:if test="$own">
        <xsl:attribute name="initial-page-number">1</xsl:attribute>
      </xsl:if>
      <xsl:if test="$begins and not($own) and $only != ''">
        <xsl:attribute name="initial-page-number">
          <xsl:choose>
            <xsl:when test="$first-page != ''"><xsl:value-of select="$first-page"/></xsl:when>
            <xsl:otherwise>1</xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
      </xsl:if>
      <xsl:call-template name="at"/>
      <fo:static-content flow-name="page-number" role="Artifact">
        <fo:block text-align="center" font-size="{$set/p:font/@page-number-size}">
          <fo:page-number/>
        </fo:block>
      </fo:static-content>
      <fo:flow flow-name="xsl-region-body">
        <fo:block xsl:use-attribute-sets="body" role="Sect">
          <xsl:if test="$first and $has-qr">
            <xsl:call-template name="qr">
              <xsl:with-param name="group" select="concat(substring('page', 1, 4 * ($orientation
                = 'portrait')), substring('landscape', 1, 9 * ($orientation != 'portrait')))"/>
              <xsl:with-param name="width" select="210 + 87 * ($orientation != 'portrait')"/>
              <xsl:with-param name="height" select="297 - 87 * ($orientation != 'portrait')"/>
            </xsl:call-template>
          </xsl:if>
          <xsl:apply-templates select="." mode="flow">
            <xsl:with-param name="begins" select="$begins"/>
            <xsl:with-param name="ends" select="$ends"/>
            <xsl:with-param name="parts" select="$parts"/>
          </xsl:apply-templates>
        </fo:block>
      </fo:flow>
    </fo:page-sequence>
  </xsl:template>
</xsl:stylesheet>
